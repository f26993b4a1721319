#include "submitd/mail/smtp.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mem.h"

enum { CONNECT_SECONDS = 10, SEND_SECONDS = 30, REFUSED_FROM = 500 };

struct smtp {
	struct arena arena;
	CURL *curl;
	atomic_bool aborted;
};

struct source {
	struct str left;
};

static size_t
feed(char *to, size_t size, size_t count, void *ctx)
{
	struct source *s = ctx;
	size_t n = size * count;

	if (n > s->left.n)
		n = s->left.n;
	if (n > 0)
		memcpy(to, s->left.p, n);
	s->left = str_slice(s->left, n, s->left.n);
	return n;
}

/* curl asks about once a second, waiting or not. */
static int
progress(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct smtp *s = ctx;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return s->aborted;
}

struct smtp *
smtp_open(const char *url, const char *helo)
{
	struct smtp *s = mem_alloc(sizeof(*s), 1);
	struct str whole = str_from(url);
	bool trailing = str_ends(whole, STR("/"));
	struct str full =
	    str_format(&s->arena, "%s%s%s", url, trailing ? "" : "/", helo);
	bool secret = str_find_char(whole, '@') != -1;

	s->curl = curl_easy_init();
	if (s->curl == NULL) {
		log_warnx("libcurl does not start");
		smtp_close(s);
		return NULL;
	}
	curl_easy_setopt(s->curl, CURLOPT_URL, full.p);
	curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(s->curl, CURLOPT_USE_SSL,
	    (long)(secret ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT,
	    (long)CONNECT_SECONDS);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(s->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(s->curl, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(s->curl, CURLOPT_XFERINFODATA, s);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, feed);
	return s;
}

static enum smtp_rc
verdict(struct smtp *s, CURLcode rc)
{
	long code = 0;

	if (rc == CURLE_OK)
		return SMTP_SENT;
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	/* curl's own words; the relay's may hold the address. */
	log_warnx("relay: %s (%ld)", curl_easy_strerror(rc), code);
	/*
	 * Only an answer to RCPT or to the data is about this letter; a login
	 * that was refused, or a greeting, is about us and may be mended.
	 */
	if (code >= REFUSED_FROM && rc != CURLE_LOGIN_DENIED &&
	    rc != CURLE_USE_SSL_FAILED)
		return SMTP_REFUSED;
	return SMTP_LATER;
}

enum smtp_rc
smtp_send(struct smtp *s, const char *from, const char *to, struct str message)
{
	struct source source = { message };
	struct curl_slist *rcpt = curl_slist_append(NULL, to);
	CURLcode rc;

	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(s->curl, CURLOPT_READDATA, &source);
	curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)message.n);
	rc = curl_easy_perform(s->curl);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(rcpt);
	return verdict(s, rc);
}

void
smtp_abort(struct smtp *s)
{
	s->aborted = true;
}

void
smtp_close(struct smtp *s)
{
	if (s == NULL)
		return;
	if (s->curl != NULL)
		curl_easy_cleanup(s->curl);
	arena_free(&s->arena);
	mem_free(s);
}
