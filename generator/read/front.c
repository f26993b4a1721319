#include "generator/read/front.h"

#include "base/diag.h"
#include "generator/model/messages.h"

size_t
front_bom(struct str text)
{
	return str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

static bool
is_fence(struct str line)
{
	while (line.n > 0 &&
	       (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
		line.n--;
	return str_eq(line, STR("---"));
}

bool
front_cut(struct diag *d, const char *path, struct str text, struct front *out)
{
	struct pos top = { path, 1, 1 };
	struct str line, rest;
	int number = 2;

	str_cut(text, '\n', &line, &rest);
	if (!is_fence(line)) {
		diag_say(d, &site_messages[SITE_NO_FRONT_MATTER], top, STR(""));
		return false;
	}
	out->fields = rest;
	out->fields.n = 0;
	while (rest.n > 0) {
		struct str from = rest;

		str_cut(from, '\n', &line, &rest);
		number++;
		if (is_fence(line)) {
			out->body = rest;
			out->body_line = number;
			return true;
		}
		out->fields.n += from.n - rest.n;
	}
	diag_say(d, &site_messages[SITE_FRONT_MATTER_OPEN], top, STR(""));
	return false;
}
