#ifndef SUBMITD_PAGES_MACHINE_H
#define SUBMITD_PAGES_MACHINE_H

#include "submitd/pages/app.h"

/* For supervisors and meters, from this machine only. */
handler_fn healthz_get, readyz_get, metrics_get;

#endif
