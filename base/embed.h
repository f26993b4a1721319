#ifndef BASE_EMBED_H
#define BASE_EMBED_H

/* A text file compiled in by tools/embed; a table ends with a NULL name. */
struct embedded {
	const char *name, *text;
};

#endif
