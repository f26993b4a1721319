#ifndef SUBMITD_STORE_KEYS_H
#define SUBMITD_STORE_KEYS_H

#include "submitd/store/store.h"

/*
 * Under SABOTAGE_KEY the answers to keys are written after the commit, in a
 * transaction of their own: a crash between the two repeats an effect.
 * Without it there is never anything to write here.
 */
enum store_rc store_keys_deferred(struct store *s)
    __attribute__((warn_unused_result));

#endif
