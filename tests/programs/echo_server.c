/*
 * A server with nothing behind it, for tests of the server.
 *	echo_server LISTEN [NAME=VALUE...]
 * NAME: max, head, body, idle, write (seconds), proxy, https, file, public,
 * clean (URLs).
 */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "submitd/http/server.h"
#include "submitd/http/static.h"

struct echo {
	struct server *server;
	const char *file, *public;
	struct static_site site;
	bool clean;
	int64_t executed;
};

struct later {
	struct echo *echo;
	struct exchange *x;
};

/* As a password's hash would: somewhere else, some time. */
static void *
work(void *arg)
{
	struct timespec pause = { .tv_nsec = 50000000 };
	struct later *later = arg;

	nanosleep(&pause, NULL);
	server_requeue(later->echo->server, later->x);
	return NULL;
}

static bool
begin(struct echo *echo, struct exchange *x)
{
	pthread_t thread;
	struct later *later = arena_alloc(&x->arena, sizeof(*later), 1);

	*later = (struct later){ echo, x };
	if (pthread_create(&thread, NULL, work, later) != 0)
		return false;
	pthread_detach(thread);
	return true;
}

static void
put_file(struct echo *echo, struct response *res)
{
	struct stat st;
	int fd = open(echo->file, O_RDONLY | O_CLOEXEC);

	if (fd == -1 || fstat(fd, &st) == -1 || st.st_size == 0) {
		if (fd != -1)
			close(fd);
		res->status = 500;
		return;
	}
	res->file = fd;
	res->file_len = st.st_size;
}

static void
put_big(struct exchange *x)
{
	int64_t n = 0;

	str_to_int64(x->req.query, &n);
	for (int64_t i = 0; i < n; i++)
		buf_char(&x->res.body, (char)('a' + i % 26));
}

/* METHOD PATH?QUERY ADDRESS NUMBER: body */
static void
put_echo(struct echo *echo, struct exchange *x)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "OTHER" };

	buf_printf(&x->res.body, "%s %.*s?%.*s %.*s %" PRId64 ": ",
	    methods[x->req.method], STR_ARG(x->req.path), STR_ARG(x->req.query),
	    STR_ARG(x->req.address), echo->executed);
	buf_str(&x->res.body, x->req.body);
	buf_char(&x->res.body, '\n');
}

/* The site first; what it has not is ours. */
static bool
answer_site(struct echo *echo, struct exchange *x)
{
	if (echo->public == NULL)
		return false;
	if (!static_answer(&echo->site, &x->arena, &x->req, &x->res) &&
	    !static_not_found(&echo->site, &x->arena, &x->res))
		return false;
	server_reply(echo->server, x);
	return true;
}

static void
answer(struct echo *echo, struct exchange *x)
{
	struct str path = x->req.path;

	if (answer_site(echo, x))
		return;
	x->res.status = 200;
	echo->executed++;
	if (x->req.method == METHOD_OTHER) {
		x->res.status = 405;
		response_header(&x->res, "Allow", STR("GET, HEAD, POST"));
	}
	response_header(&x->res, "Content-Type",
	    STR("text/plain; charset=utf-8"));
	if (str_eq(path, STR("/file")) && echo->file != NULL)
		put_file(echo, &x->res);
	else if (str_eq(path, STR("/big")))
		put_big(x);
	else if (str_eq(path, STR("/empty")))
		x->res.status = 204;
	else
		put_echo(echo, x);
	x->res.close = str_eq(path, STR("/close"));
	server_reply(echo->server, x);
}

static void
turn(void *ctx, struct exchange **x, size_t n)
{
	struct echo *echo = ctx;

	for (size_t i = 0; i < n; i++)
		if (!str_eq(x[i]->req.path, STR("/later")) || x[i]->finishing ||
		    !begin(echo, x[i]))
			answer(echo, x[i]);
}

static void
stop(void *ctx)
{
	struct echo *echo = ctx;

	server_stop(echo->server);
}

static bool
set(struct server_config *config, struct echo *echo, const char *argument)
{
	struct str name, value;
	int64_t n = 0;

	if (!str_cut(str_from(argument), '=', &name, &value))
		return false;
	str_to_int64(value, &n);
	if (str_eq(name, STR("max")))
		config->max_connections = (int)n;
	else if (str_eq(name, STR("head")))
		config->head_timeout = (int)n;
	else if (str_eq(name, STR("body")))
		config->body_timeout = (int)n;
	else if (str_eq(name, STR("idle")))
		config->idle_timeout = (int)n;
	else if (str_eq(name, STR("write")))
		config->write_timeout = (int)n;
	else if (str_eq(name, STR("https")))
		config->https = n != 0;
	else if (str_eq(name, STR("proxy")))
		config->trust_proxy = value.p;
	else if (str_eq(name, STR("file")))
		echo->file = value.p;
	else if (str_eq(name, STR("public")))
		echo->public = value.p;
	else if (str_eq(name, STR("clean")))
		echo->clean = n != 0;
	else
		return false;
	return true;
}

int
main(int argc, char **argv)
{
	struct echo echo = { 0 };
	struct server_config config = { .turn = turn, .ctx = &echo };
	int rc;

	if (argc < 2)
		return 2;
	config.listen = argv[1];
	for (int i = 2; i < argc; i++)
		if (!set(&config, &echo, argv[i]))
			return 2;
	if (echo.public != NULL)
		static_open(&echo.site, echo.public, echo.clean);
	echo.server = server_open(&config);
	if (echo.server == NULL ||
	    server_on_signal(echo.server, SIGTERM, stop, &echo) == -1)
		return 3;
	printf("listening on %s\n", server_url(echo.server));
	fflush(stdout);
	rc = server_run(echo.server);
	server_close(echo.server);
	if (echo.public != NULL)
		static_close(&echo.site);
	return rc == -1 ? 3 : 0;
}
