#include "submitd/http/send.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"

enum {
	/* Of one answer, before others have their turn. */
	WRITE_MAX = 1 << 20,
};

static void flush(struct connection *c);

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	flush(arg);
}

static void
wait_writable(struct connection *c)
{
	if (c->writable == NULL)
		c->writable =
		    event_new(c->all->base, c->fd, EV_WRITE, on_writable, c);
	if (c->writable == NULL || event_add(c->writable, NULL) == -1)
		connection_hang_up(c);
}

static void
flush(struct connection *c)
{
	int64_t sent = 0;

	while (evbuffer_get_length(c->out) > 0 && sent < WRITE_MAX) {
		int n = evbuffer_write(c->out, c->fd);

		if (n > 0) {
			sent += n;
			continue;
		}
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			break;
		/* Gone; or, with 0, a file that has become shorter. */
		connection_hang_up(c);
		return;
	}
	if (evbuffer_get_length(c->out) == 0) {
		connection_answered(c);
		return;
	}
	/* Whoever takes something has time again. */
	if (sent > 0 || c->phase != PHASE_WRITE)
		connection_enter(c, PHASE_WRITE);
	wait_writable(c);
}

static struct str
date_now(struct connections *all)
{
	int64_t now = all->now != NULL ? all->now(all->ctx) : time(NULL);

	if (now != all->date_at || all->date.n == 0) {
		buf_reset(&all->date);
		date_put_http(&all->date, now);
		all->date_at = now;
	}
	return buf_view(&all->date);
}

/* What the socket does not take at once; false: the memory is not there. */
static bool
keep_output(struct connection *c, struct iovec part[2], size_t sent,
    struct response *res)
{
	c->out = evbuffer_new();
	if (c->out == NULL)
		return false;
	/* So that files go by sendfile: a mapped one that shrinks kills us. */
	evbuffer_set_flags(c->out, EVBUFFER_FLAG_DRAINS_TO_FD);
	for (int i = 0; i < 2; i++) {
		size_t gone = sent < part[i].iov_len ? sent : part[i].iov_len;

		sent -= gone;
		if (evbuffer_add(c->out, (char *)part[i].iov_base + gone,
			part[i].iov_len - gone) == -1)
			return false;
	}
	if (res->file_len == 0)
		return true;
	if (evbuffer_add_file(c->out, res->file, 0, res->file_len) == -1)
		return false;
	/* It is the buffer's now. */
	res->file_len = 0;
	return true;
}

void
send_answer(struct connection *c, const struct request *req,
    struct response *res)
{
	struct connections *all = c->all;
	bool bare = req->method == METHOD_HEAD || res->status == 204 ||
		    res->status == 304;
	struct iovec part[2];
	size_t total;
	ssize_t n;

	c->last = res->close || !req->keep_alive || all->draining;
	buf_reset(&all->head);
	response_put_head(res,
	    (struct response_frame){ date_now(all), all->https, req->http10,
		c->last },
	    &all->head);
	if (bare && res->file_len > 0) {
		close(res->file);
		res->file_len = 0;
	}
	part[0] = (struct iovec){ all->head.p, all->head.n };
	part[1] = (struct iovec){ res->body.p, bare ? 0 : res->body.n };
	total = part[0].iov_len + part[1].iov_len;
	if (res->file_len > 0)
		n = 0;
	else
		n = writev(c->fd, part, 2);
	if (n == -1 && errno != EAGAIN && errno != EINTR) {
		connection_hang_up(c);
		return;
	}
	if (n == -1)
		n = 0;
	if ((size_t)n == total && res->file_len == 0) {
		connection_answered(c);
		return;
	}
	if (!keep_output(c, part, (size_t)n, res)) {
		log_warnx("no memory for an answer");
		connection_hang_up(c);
		return;
	}
	flush(c);
}

void
send_refusal(struct connection *c, const struct request *req, int status)
{
	static const struct request unread = { .method = METHOD_OTHER };
	struct response res = { .close = true };

	if (req == NULL)
		req = &unread;
	response_trouble(&res, req, status);
	send_answer(c, req, &res);
	buf_free(&res.body);
}
