#include "submitd/http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

enum { BACKLOG = 4096, ADDRESS_TEXT_MAX = 64, PORT_MAX = 65535 };

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

bool
address_parse(struct str text, struct address *out)
{
	char s[ADDRESS_TEXT_MAX];

	*out = (struct address){ 0 };
	if (str_eq(text, STR("unix"))) {
		out->local = true;
		return true;
	}
	if (text.n == 0 || text.n >= sizeof(s) ||
	    memchr(text.p, '\0', text.n) != NULL)
		return false;
	memcpy(s, text.p, text.n);
	s[text.n] = '\0';
	if (inet_pton(AF_INET, s, out->bytes + sizeof(mapped)) == 1) {
		memcpy(out->bytes, mapped, sizeof(mapped));
		return true;
	}
	return inet_pton(AF_INET6, s, out->bytes) == 1;
}

struct address
address_of(const struct sockaddr *sa)
{
	struct address out = { 0 };
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		memcpy(out.bytes, mapped, sizeof(mapped));
		memcpy(out.bytes + sizeof(mapped), &in.sin_addr, 4);
	} else if (sa->sa_family == AF_INET6) {
		memcpy(&in6, sa, sizeof(in6));
		memcpy(out.bytes, &in6.sin6_addr, sizeof(out.bytes));
	} else {
		out.local = true;
	}
	return out;
}

bool
address_same(struct address a, struct address b)
{
	return a.local == b.local &&
	       memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

struct str
address_text(struct arena *a, struct address address)
{
	char s[ADDRESS_TEXT_MAX];
	bool four = memcmp(address.bytes, mapped, sizeof(mapped)) == 0;

	if (address.local)
		return STR("unix");
	if (inet_ntop(four ? AF_INET : AF_INET6,
		address.bytes + (four ? sizeof(mapped) : 0), s,
		sizeof(s)) == NULL)
		return STR("unknown");
	return str_dup(a, str_from(s));
}

/* Nobody answers on it: its owner died. */
static bool
is_stale(const struct sockaddr_un *un)
{
	struct stat st;
	bool stale;
	int fd;

	if (lstat(un->sun_path, &st) == -1 || !S_ISSOCK(st.st_mode))
		return false;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return false;
	stale = connect(fd, (const struct sockaddr *)un, sizeof(*un)) == -1 &&
		errno == ECONNREFUSED;
	close(fd);
	return stale;
}

static int
open_local(struct arena *a, struct str path, const char **url)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd;

	if (path.n == 0 || path.n >= sizeof(un.sun_path)) {
		log_warnx("listen: 'unix:' wants a path of 1 to %zu bytes",
		    sizeof(un.sun_path) - 1);
		return -1;
	}
	memcpy(un.sun_path, path.p, path.n);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1) {
		log_warn("socket");
		return -1;
	}
	if (is_stale(&un))
		unlink(un.sun_path);
	if (bind(fd, (struct sockaddr *)&un, sizeof(un)) == -1 ||
	    chmod(un.sun_path, 0660) == -1 || listen(fd, BACKLOG) == -1) {
		log_warn("listen on unix:%s", un.sun_path);
		close(fd);
		return -1;
	}
	*url = str_c(a, str_format(a, "unix:%s", un.sun_path));
	return fd;
}

/* "ADDRESS:PORT", an IPv6 address in brackets. */
static bool
parse_endpoint(struct str where, struct address *address, int *port)
{
	struct str host = where;
	int64_t n;

	while (host.n > 0 && host.p[host.n - 1] != ':')
		host.n--;
	if (host.n == 0 ||
	    !str_to_int64(str_slice(where, host.n, where.n), &n) || n < 0 ||
	    n > PORT_MAX)
		return false;
	host.n--;
	*port = (int)n;
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		return address_parse(str_slice(host, 1, host.n - 2), address) &&
		       !address->local;
	return str_find_char(host, ':') == -1 && address_parse(host, address) &&
	       !address->local;
}

static socklen_t
fill_sockaddr(struct address address, int port, struct sockaddr_storage *out)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	memset(out, 0, sizeof(*out));
	if (memcmp(address.bytes, mapped, sizeof(mapped)) == 0) {
		in.sin_port = htons((uint16_t)port);
		memcpy(&in.sin_addr, address.bytes + sizeof(mapped), 4);
		memcpy(out, &in, sizeof(in));
		return sizeof(in);
	}
	in6.sin6_port = htons((uint16_t)port);
	memcpy(&in6.sin6_addr, address.bytes, sizeof(address.bytes));
	memcpy(out, &in6, sizeof(in6));
	return sizeof(in6);
}

static const char *
url_of(struct arena *a, int fd)
{
	struct sockaddr_storage ss = { 0 };
	struct sockaddr_in in;
	socklen_t n = sizeof(ss);
	struct str host;

	if (getsockname(fd, (struct sockaddr *)&ss, &n) == -1)
		return "http://unknown";
	/* The port stands at the same place in both families. */
	memcpy(&in, &ss, sizeof(in));
	host = address_text(a, address_of((struct sockaddr *)&ss));
	return str_c(a,
	    str_format(a,
		ss.ss_family == AF_INET ? "http://%.*s:%d" : "http://[%.*s]:%d",
		STR_ARG(host), ntohs(in.sin_port)));
}

static int
open_network(struct arena *a, const char *where, const char **url)
{
	struct sockaddr_storage ss;
	struct address address;
	socklen_t n;
	int fd, port, one = 1;

	if (!parse_endpoint(str_from(where), &address, &port)) {
		log_warnx("listen: '%s' is neither ADDRESS:PORT nor unix:PATH",
		    where);
		return -1;
	}
	n = fill_sockaddr(address, port, &ss);
	fd =
	    socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1) {
		log_warn("socket");
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&ss, n) == -1 ||
	    listen(fd, BACKLOG) == -1) {
		log_warn("listen on %s", where);
		close(fd);
		return -1;
	}
	*url = url_of(a, fd);
	return fd;
}

int
listen_open(struct arena *a, const char *where, const char **url)
{
	struct str s = str_from(where), scheme = STR("unix:");

	if (str_starts(s, scheme))
		return open_local(a, str_slice(s, scheme.n, s.n), url);
	return open_network(a, where, url);
}

void
listen_close(int fd, const char *url)
{
	struct str s = str_from(url), scheme = STR("unix:");

	close(fd);
	if (str_starts(s, scheme))
		unlink(url + scheme.n);
}
