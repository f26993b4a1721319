/*
 * The emptiest answer that libevent can give: the same 6 bytes behind every
 * empty line, nothing read, nothing checked.  The measure of bench/server.mjs.
 */
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static const char answer[] = "HTTP/1.1 200 OK\r\n"
			     "Content-Type: text/plain\r\n"
			     "Content-Length: 6\r\n"
			     "\r\n"
			     "hello\n";

static void
on_read(struct bufferevent *b, void *arg)
{
	struct evbuffer *in = bufferevent_get_input(b);
	struct evbuffer_ptr end;

	(void)arg;
	while ((end = evbuffer_search(in, "\r\n\r\n", 4, NULL)).pos != -1) {
		evbuffer_drain(in, (size_t)end.pos + 4);
		bufferevent_write(b, answer, sizeof(answer) - 1);
	}
}

static void
on_event(struct bufferevent *b, short what, void *arg)
{
	(void)what;
	(void)arg;
	bufferevent_free(b);
}

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *sa, int n, void *arg)
{
	struct bufferevent *b =
	    bufferevent_socket_new(evconnlistener_get_base(listener), fd,
		BEV_OPT_CLOSE_ON_FREE);

	(void)sa;
	(void)n;
	(void)arg;
	bufferevent_setcb(b, on_read, NULL, on_event, NULL);
	bufferevent_enable(b, EV_READ | EV_WRITE);
}

int
main(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct event_base *base = event_base_new();
	struct evconnlistener *listener;
	socklen_t n = sizeof(in);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = evconnlistener_new_bind(base, on_accept, NULL,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, -1,
	    (struct sockaddr *)&in, sizeof(in));
	if (listener == NULL || getsockname(evconnlistener_get_fd(listener),
				    (struct sockaddr *)&in, &n) == -1)
		return 1;
	printf("listening on http://127.0.0.1:%d\n", ntohs(in.sin_port));
	fflush(stdout);
	return event_base_dispatch(base);
}
