#include "generator/write/summary.h"

#include <time.h>

#include "base/utf8.h"
#include "generator/model/site.h"
#include "generator/write/output.h"
#include "generator/write/pages.h"

enum word {
	WORD_FILES,
	WORD_NEW,
	WORD_ASSETS,
	WORD_DRAFTS,
	WORD_FUTURE,
	WORD_EXPIRED,
	WORD_TIME,
	WORD_READ,
	WORD_SEARCH,
	WORD_RENDER,
	WORD_CATALOG,
	WORD_PUBLISH,
	WORD_SECONDS,
	WORDS
};

static const char *const words[WORDS][DIAG_LANGS] = {
	[WORD_FILES] = { "files", "файлов" },
	[WORD_NEW] = { "written", "записано" },
	[WORD_ASSETS] = { "assets and media", "оформление и картинки" },
	[WORD_DRAFTS] = { "left out: drafts", "не вошло: черновики" },
	[WORD_FUTURE] = { "left out: not published yet",
	    "не вошло: время ещё не пришло" },
	[WORD_EXPIRED] = { "left out: no longer published",
	    "не вошло: время прошло" },
	[WORD_TIME] = { "time", "время" },
	[WORD_READ] = { "read", "чтение" },
	[WORD_SEARCH] = { "search", "поиск" },
	[WORD_RENDER] = { "render", "страницы" },
	[WORD_CATALOG] = { "catalog", "каталог" },
	[WORD_PUBLISH] = { "publish", "запись" },
	[WORD_SECONDS] = { "s", "с" },
};

static const char *const kinds[VIEW_KINDS][DIAG_LANGS] = {
	[VIEW_HOME] = { "home", "главная" },
	[VIEW_CATALOG] = { "catalog", "каталог" },
	[VIEW_PROGRAM] = { "programs", "программы" },
	[VIEW_DIRECTION] = { "directions", "направленности" },
	[VIEW_MUNICIPALITY] = { "municipalities", "муниципалитеты" },
	[VIEW_ORGANIZATION] = { "organizations", "организации" },
	[VIEW_EVENT] = { "events", "мероприятия" },
	[VIEW_MONTH] = { "months", "месяцы" },
	[VIEW_TEXT] = { "texts", "тексты" },
	[VIEW_ALIAS] = { "old addresses", "старые адреса" },
	[VIEW_CALENDAR] = { "calendars", "календари" },
	[VIEW_DATA] = { "data", "данные" },
};

static int64_t
monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
summary_start(struct summary *s)
{
	s->started = monotonic();
}

void
summary_phase(struct summary *s, enum phase p)
{
	int64_t now = monotonic();

	s->spent[p] += now - s->started;
	s->started = now;
}

/* printf counts bytes, a table counts letters. */
static void
put_name(FILE *f, const char *name)
{
	enum { WIDTH = 30 };
	int letters = (int)utf8_count(str_from(name));

	fprintf(f, "%s%*s", name, letters < WIDTH ? WIDTH - letters : 1, "");
}

static void
put_column(FILE *f, const char *head)
{
	enum { WIDTH = 9 };
	int letters = (int)utf8_count(str_from(head));

	fprintf(f, "%*s%s", letters < WIDTH ? WIDTH - letters : 1, "", head);
}

static void
put_row(FILE *f, const char *name, size_t files, size_t written)
{
	if (files == 0)
		return;
	put_name(f, name);
	fprintf(f, "%9zu%9zu\n", files, written);
}

static bool
was_written(const struct output_file *o)
{
	return o->state == OUTPUT_NEW || o->state == OUTPUT_CHANGED;
}

static void
put_table(const struct summary *s, FILE *f, const struct pages *p,
    const struct output *out)
{
	size_t written[VIEW_KINDS] = { 0 }, assets = 0;

	for (size_t i = 0; i < p->first; i++)
		assets += was_written(&out->files.at[i]);
	for (size_t i = 0; i < p->plan.all.n; i++)
		written[p->plan.all.at[i].kind] +=
		    was_written(&out->files.at[p->first + i]);
	put_name(f, "");
	put_column(f, words[WORD_FILES][s->lang]);
	put_column(f, words[WORD_NEW][s->lang]);
	fputc('\n', f);
	for (int k = 0; k < VIEW_KINDS; k++)
		put_row(f, kinds[k][s->lang], p->of_kind[k], written[k]);
	put_row(f, words[WORD_ASSETS][s->lang], p->first, assets);
}

static void
put_skipped(const struct summary *s, FILE *f, enum word w, size_t n)
{
	if (n == 0)
		return;
	put_name(f, words[w][s->lang]);
	fprintf(f, "%9zu\n", n);
}

static void
put_times(const struct summary *s, FILE *f)
{
	const char *separator = ": ";

	fputs(words[WORD_TIME][s->lang], f);
	for (int p = 0; p < PHASES; p++) {
		fprintf(f, "%s%s %.3f %s", separator,
		    words[WORD_READ + p][s->lang], (double)s->spent[p] / 1e9,
		    words[WORD_SECONDS][s->lang]);
		separator = ", ";
	}
	fputc('\n', f);
}

void
summary_print(const struct summary *s, FILE *f, const struct site *site,
    const struct pages *p, const struct output *out, bool quiet)
{
	if (!quiet) {
		put_table(s, f, p, out);
		put_skipped(s, f, WORD_DRAFTS, site->skipped.drafts);
		put_skipped(s, f, WORD_FUTURE, site->skipped.future);
		put_skipped(s, f, WORD_EXPIRED, site->skipped.expired);
		put_times(s, f);
	}
	fprintf(f, "built %zu files: %zu written, %zu unchanged, %zu removed\n",
	    out->written + out->unchanged, out->written, out->unchanged,
	    out->removed);
}
