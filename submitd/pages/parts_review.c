#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"
#include "submitd/pages/look.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* Reviews as values and as JSON. */

struct value *
part_review(struct app *app, struct call *c, const struct review *r)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);
	const char *state = review_state_name(r->state);

	value_set_text(a, v, "id", r->id);
	value_set_text(a, v, "program_title", r->program_title);
	value_set_text(a, v, "program_url",
	    look_page(app->look, a, "programs", r->program));
	value_set_text(a, v, "author", r->author);
	value_set_int(a, v, "rating", r->rating);
	value_set_text(a, v, "text", r->text);
	value_set_text(a, v, "answer", r->answer);
	value_set_text(a, v, "reason", r->reason);
	value_set_text(a, v, "state_title",
	    part_word_of(app, c, "cabinet.review_state", state));
	value_set_text(a, v, "badge",
	    part_word_of(app, c, "cabinet.review_badge", state));
	value_set_text(a, v, "at",
	    words_moment(app->theme->strings, a, r->created, part_today(app)));
	value_set_bool(a, v, "approved", r->state == REVIEW_APPROVED);
	value_set_bool(a, v, "open", r->state == REVIEW_SUBMITTED);
	return v;
}

void
part_review_json(struct json *j, const struct review *r)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), r->id);
	json_str_field(j, STR("state"), str_from(review_state_name(r->state)));
	json_str_field(j, STR("program"), r->program);
	json_int_field(j, STR("rating"), r->rating);
	json_str_field(j, STR("text"), r->text);
	json_str_field(j, STR("answer"), r->answer);
	json_close(j, '}');
}

void
part_review_list_json(struct call *c, const struct review_list *list)
{
	struct json j = reply_json(c, 200);

	part_list_open(&j);
	for (size_t i = 0; i < list->items.n; i++)
		part_review_json(&j, &list->items.at[i]);
	part_list_close(&j, list->next);
}
