#include "generator/write/compress.h"

#include <stdlib.h>

#include <brotli/encode.h>
#include <libdeflate.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	GZIP_LEVEL = 6,
	BROTLI_QUALITY = 5,
	LEAST = 256, /* what fits into a packet with its head gains nothing */
};

struct str
compress_ending(enum compress_form form)
{
	return form == COMPRESS_GZIP ? STR(".gz") : STR(".br");
}

bool
compress_wants(struct str path)
{
	static const struct str endings[] = { STR_INIT(".html"),
		STR_INIT(".css"), STR_INIT(".js"), STR_INIT(".mjs"),
		STR_INIT(".json"), STR_INIT(".svg"), STR_INIT(".xml"),
		STR_INIT(".txt"), STR_INIT(".ics"), STR_INIT(".webmanifest") };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

/* 0: it did not become smaller. */
static size_t
gzip(struct str text, char *out, size_t room)
{
	struct libdeflate_compressor *c =
	    libdeflate_alloc_compressor(GZIP_LEVEL);
	size_t n;

	/* Out of memory: as mem_alloc() does. */
	if (c == NULL)
		abort();
	n = libdeflate_gzip_compress(c, text.p, text.n, out, room);
	libdeflate_free_compressor(c);
	return n;
}

static size_t
brotli(struct str text, char *out, size_t room)
{
	size_t n = room;

	if (!BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW,
		BROTLI_MODE_TEXT, text.n, (const uint8_t *)text.p, &n,
		(uint8_t *)out))
		return 0;
	return n;
}

bool
compress_put(enum compress_form form, struct str text, struct buf *out)
{
	size_t n, room;
	char *bytes;

	if (text.n < LEAST)
		return false;
	room = text.n - 1;
	bytes = mem_alloc(room, 1);
	n = form == COMPRESS_GZIP ? gzip(text, bytes, room)
				  : brotli(text, bytes, room);
	buf_put(out, bytes, n);
	mem_free(bytes);
	return n > 0;
}
