#ifndef SUBMITD_TEMPLATES_H
#define SUBMITD_TEMPLATES_H

/*
 * The templates that pages and letters ask a theme for, NULL at the end: one
 * for each page behind a route and for each kind of letter.
 */
extern const char *const submitd_templates[];

#endif
