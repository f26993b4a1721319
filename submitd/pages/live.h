#ifndef SUBMITD_PAGES_LIVE_H
#define SUBMITD_PAGES_LIVE_H

#include "submitd/pages/app.h"

handler_fn live_program_get, live_availability_get, live_reviews_get;

#endif
