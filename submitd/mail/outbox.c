#include "submitd/mail/outbox.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "submitd/mail/smtp.h"

struct message {
	struct outbox_result result;
	struct arena arena;
	const char *to;
	struct str text;
};

struct outbox {
	struct arena arena;
	struct smtp *smtp; /* NULL: into the folder */
	const char *folder;
	const char *from;
	unsigned number; /* of the last file in the folder */
	pthread_mutex_t lock;
	pthread_cond_t more;
	/* A ring: [taken, done) have a result, [done, put) wait. */
	struct message ring[OUTBOX_ROOM];
	size_t taken, done, put;
	bool stop, running;
	pthread_t thread;
};

/* --- the folder --------------------------------------------------------- */

/* The number of the last letter that is there. */
static int
last_number(struct outbox *o)
{
	struct arena arena = { 0 };
	struct file_list list = { 0 };
	int rc = file_walk(&arena, o->folder, &list);

	for (size_t i = 0; rc == 0 && i < list.files.n; i++) {
		struct str name = list.files.at[i].path;
		unsigned n;
		char end;

		if (str_ends(name, STR(".eml")) &&
		    sscanf(str_c(&arena, name), "%u.em%c", &n, &end) == 2 &&
		    n > o->number)
			o->number = n;
	}
	arena_free(&arena);
	return rc;
}

static enum outbox_fate
write_letter(struct outbox *o, struct message *m)
{
	struct str path =
	    str_format(&m->arena, "%s/%06u.eml", o->folder, o->number + 1);

	if (file_write_changed(path.p, m->text) == FILE_FAILURE)
		return OUTBOX_LATER;
	o->number++;
	return OUTBOX_SENT;
}

static enum outbox_fate
carry(struct outbox *o, struct message *m)
{
	if (o->smtp == NULL)
		return write_letter(o, m);
	switch (smtp_send(o->smtp, o->from, m->to, m->text)) {
	case SMTP_SENT:
		return OUTBOX_SENT;
	case SMTP_REFUSED:
		return OUTBOX_REFUSED;
	case SMTP_LATER:
		break;
	}
	return OUTBOX_LATER;
}

/* --- the thread --------------------------------------------------------- */

static void *
work(void *ctx)
{
	struct outbox *o = ctx;

	pthread_mutex_lock(&o->lock);
	for (;;) {
		while (o->done == o->put && !o->stop)
			pthread_cond_wait(&o->more, &o->lock);
		if (o->stop)
			break;
		struct message *m = &o->ring[o->done % OUTBOX_ROOM];

		pthread_mutex_unlock(&o->lock);
		m->result.fate = carry(o, m);
		pthread_mutex_lock(&o->lock);
		o->done++;
	}
	pthread_mutex_unlock(&o->lock);
	return NULL;
}

static int
open_way(struct outbox *o, const char *url, const char *helo)
{
	struct str whole = str_from(url);

	if (str_starts(whole, STR("file:"))) {
		o->folder = str_c(&o->arena, str_slice(whole, 5, whole.n));
		return file_make_dirs(o->folder) == 0 ? last_number(o) : -1;
	}
	o->smtp = smtp_open(url, helo);
	return o->smtp != NULL ? 0 : -1;
}

struct outbox *
outbox_open(const char *url, const char *from, const char *helo)
{
	struct outbox *o = mem_alloc(sizeof(*o), 1);
	int rc;

	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->more, NULL);
	o->from = str_c(&o->arena, str_from(from));
	if (open_way(o, url, helo) == -1) {
		outbox_close(o);
		return NULL;
	}
	rc = pthread_create(&o->thread, NULL, work, o);
	if (rc != 0) {
		errno = rc;
		log_warn("start a thread");
		outbox_close(o);
		return NULL;
	}
	o->running = true;
	return o;
}

/* --- the loop's side ---------------------------------------------------- */

size_t
outbox_room(struct outbox *o)
{
	pthread_mutex_lock(&o->lock);
	size_t n = OUTBOX_ROOM - (o->put - o->taken);

	pthread_mutex_unlock(&o->lock);
	return n;
}

size_t
outbox_ready(struct outbox *o)
{
	pthread_mutex_lock(&o->lock);
	size_t n = o->done - o->taken;

	pthread_mutex_unlock(&o->lock);
	return n;
}

void
outbox_put(struct outbox *o, struct str id, struct str to, struct str message)
{
	pthread_mutex_lock(&o->lock);
	struct message *m = &o->ring[o->put % OUTBOX_ROOM];

	snprintf(m->result.id, sizeof(m->result.id), "%.*s", STR_ARG(id));
	m->to = str_c(&m->arena, to);
	m->text = str_dup(&m->arena, message);
	o->put++;
	pthread_cond_signal(&o->more);
	pthread_mutex_unlock(&o->lock);
}

bool
outbox_take(struct outbox *o, struct outbox_result *out)
{
	pthread_mutex_lock(&o->lock);
	bool any = o->taken < o->done;

	if (any) {
		struct message *m = &o->ring[o->taken % OUTBOX_ROOM];

		*out = m->result;
		arena_free(&m->arena);
		*m = (struct message){ 0 };
		o->taken++;
	}
	pthread_mutex_unlock(&o->lock);
	return any;
}

void
outbox_stop(struct outbox *o)
{
	if (!o->running)
		return;
	pthread_mutex_lock(&o->lock);
	o->stop = true;
	if (o->smtp != NULL)
		smtp_abort(o->smtp);
	pthread_cond_signal(&o->more);
	pthread_mutex_unlock(&o->lock);
	pthread_join(o->thread, NULL);
	o->running = false;
}

void
outbox_close(struct outbox *o)
{
	if (o == NULL)
		return;
	outbox_stop(o);
	for (size_t i = 0; i < OUTBOX_ROOM; i++)
		arena_free(&o->ring[i].arena);
	smtp_close(o->smtp);
	arena_free(&o->arena);
	pthread_cond_destroy(&o->more);
	pthread_mutex_destroy(&o->lock);
	mem_free(o);
}
