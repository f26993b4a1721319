#include "generator/write/messages.h"

#define ROW(id, name, en, ru) [id] = { name, DIAG_ERROR, { en, ru } }

const struct message write_messages[WRITE_MESSAGES] = {
	ROW(WRITE_TWO_FOR_ONE_PATH, "two-for-one-path",
	    "'%1' is made twice: here and at %2",
	    "«%1» получается дважды: здесь и в %2"),
	ROW(WRITE_ASSET_UNKNOWN, "asset-unknown",
	    "the theme has no file '%1'[ (did you mean '%2'?)]",
	    "в теме нет файла «%1»[ (может быть, «%2»?)]"),
	ROW(WRITE_ASSET_CIRCLE, "asset-circle",
	    "'%1' leads back to this file: style sheets may not import one "
	    "another in a circle",
	    "«%1» ведёт обратно к этому файлу: таблицы стилей не должны "
	    "подключать друг друга по кругу"),
	ROW(WRITE_ASSET_NAME, "asset-name",
	    "'%1' will not do as the name of a file on the site: letters, "
	    "digits, '-', '_' and '.'",
	    "«%1» не годится как имя файла на сайте: латинские буквы, цифры, "
	    "«-», «_» и «.»"),
	ROW(WRITE_ASSET_TOO_BIG, "asset-too-big", "'%1' is larger than %2 MiB",
	    "файл «%1» больше %2 МиБ"),
};
