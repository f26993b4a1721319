#ifndef SUBMITD_HTTP_LISTEN_H
#define SUBMITD_HTTP_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/str.h"

/* Addresses: what we listen on, who calls, whom we believe. */

/* One peer.  IPv4 stands in its mapped form, so two are compared as bytes. */
struct address {
	unsigned char bytes[16];
	bool local; /* a socket of the file system; no bytes */
};

/* "192.0.2.1", "2001:db8::1" or "unix". */
bool address_parse(struct str text, struct address *out);
struct address address_of(const struct sockaddr *sa);
bool address_same(struct address a, struct address b);
struct str address_text(struct arena *a, struct address address);

/*
 * Opens a listening socket that does not block: "127.0.0.1:0", "[::1]:80",
 * "unix:/path" (a socket there that nobody answers on is replaced).  The
 * descriptor, or -1, logged.  *url is what came of it.
 */
int listen_open(struct arena *a, const char *where, const char **url);

/* Closes it, and removes the socket's file. */
void listen_close(int fd, const char *url);

#endif
