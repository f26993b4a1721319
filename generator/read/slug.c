#include "generator/read/slug.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { SLUG_MAX = 60 }; /* bytes */

/* Russian letters as on road signs, near enough for an anchor. */
static const char *const latin[] = { "a", "b", "v", "g", "d", "e", "zh", "z",
	"i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
	"c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya" };

void
slug_put(struct buf *b, struct str text)
{
	uint32_t c;

	while ((c = utf8_next(&text)) != 0 && b->n < SLUG_MAX) {
		if (c == 0x0401 || c == 0x0451)
			c = 0x0435; /* ё is е */
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c >= 0x0410 && c <= 0x042F)
			c += 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(b, (char)c);
		else if (c >= 0x0430 && c <= 0x044F)
			buf_str(b, str_from(latin[c - 0x0430]));
		else if (b->n > 0 && b->p[b->n - 1] != '-')
			buf_char(b, '-');
	}
	while (b->n > 0 && b->p[b->n - 1] == '-')
		b->n--;
}
