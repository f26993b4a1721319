#ifndef GENERATOR_MODEL_LINK_H
#define GENERATOR_MODEL_LINK_H

struct diag;
struct site;

/*
 * Makes pointers of names: fills the site's maps, references, old ids,
 * defaults that come from another thing, and counts.  What is doubled,
 * dangling or at odds with another thing is told at its place.  Only when
 * d->errors is 0 after it is everything set.
 */
void site_link(struct site *s, struct diag *d);

#endif
