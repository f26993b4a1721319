#include "base/messages.h"

#define ROW(id, name, en, ru) [id] = { name, DIAG_ERROR, { en, ru } }

const struct message base_messages[BASE_MESSAGES] = {
	ROW(BASE_TEMPLATE_TAG_OPEN, "template-tag-open",
	    "the tag has no end: '%1' is missing",
	    "тег не закрыт: не хватает «%1»"),
	ROW(BASE_TEMPLATE_TAG_EMPTY, "template-tag-empty",
	    "the tag has no name", "в теге нет имени"),
	ROW(BASE_TEMPLATE_NAME, "template-name",
	    "'%1' is no name: letters, digits, '_' and '-', parts joined "
	    "by '.'",
	    "«%1» не годится как имя: латинские буквы, цифры, «_» и «-», "
	    "части через «.»"),
	ROW(BASE_TEMPLATE_UNESCAPED, "template-unescaped",
	    "'%1' unescaped: a theme writes '{{%1}}', html that may stand "
	    "as it is comes so from the program",
	    "«%1» без экранирования: в теме пишут «{{%1}}», а готовый html "
	    "программа и так отдаёт как есть"),
	ROW(BASE_TEMPLATE_DELIMITERS, "template-delimiters",
	    "a theme may not change the delimiters",
	    "менять ограничители тегов в теме нельзя"),
	ROW(BASE_TEMPLATE_SECTION_OPEN, "template-section-open",
	    "'%1' is not closed: '{{/%1}}' is missing",
	    "«%1» не закрыт: не хватает «{{/%1}}»"),
	ROW(BASE_TEMPLATE_SECTION_STRAY, "template-section-stray",
	    "'{{/%1}}' closes nothing", "«{{/%1}}» ничего не закрывает"),
	ROW(BASE_TEMPLATE_SECTION_CROSSED, "template-section-crossed",
	    "'{{/%1}}' where '%2' of line %3 is open: '{{/%2}}' comes first",
	    "«{{/%1}}», а открыт «%2» со строки %3: сначала «{{/%2}}»"),
	ROW(BASE_TEMPLATE_NESTED, "template-nested", "nested more than %1 deep",
	    "вложенность больше %1"),
	ROW(BASE_TEMPLATE_UNKNOWN, "template-unknown",
	    "unknown template '%1'[ (did you mean '%2'?)]",
	    "нет шаблона «%1»[ (может быть, «%2»?)]"),
	ROW(BASE_TEMPLATE_BLOCK_UNKNOWN, "template-block-unknown",
	    "no template has a block '%1' to fill[ (did you mean '%2'?)]",
	    "ни в одном шаблоне нет блока «%1»[ (может быть, «%2»?)]"),
	ROW(BASE_TEMPLATE_BLOCK_TWICE, "template-block-twice",
	    "block '%1' is filled twice", "блок «%1» заполнен дважды"),
	ROW(BASE_TEMPLATE_PARENT_CONTENT, "template-parent-content",
	    "only blocks may stand inside '{{<%1}}'",
	    "внутри «{{<%1}}» могут стоять только блоки"),
	ROW(BASE_TEMPLATE_ENDING, "template-ending",
	    "'%1' is no ending of a template: .html.mustache, .txt.mustache, "
	    ".xml.mustache, .ics.mustache, .json.mustache",
	    "«%1» — не то окончание: бывают .html.mustache, .txt.mustache, "
	    ".xml.mustache, .ics.mustache, .json.mustache"),
	ROW(BASE_TEMPLATE_UTF8, "template-utf8", "not UTF-8", "это не UTF-8"),
	ROW(BASE_TEMPLATE_IN_RAW, "template-in-raw",
	    "'%1' inside script or style: nothing of a template may stand "
	    "there",
	    "«%1» внутри script или style: тегам шаблона там не место"),
	ROW(BASE_TEMPLATE_IN_JSON, "template-in-json",
	    "'%1' inside a script of JSON: there one value stands alone, and "
	    "its name begins with 'json'",
	    "«%1» внутри script с JSON: там стоит одно значение, и имя его "
	    "начинается с «json»"),
	ROW(BASE_TEMPLATE_IN_COMMENT, "template-in-comment",
	    "'%1' inside a comment of the HTML: use '{{! … }}'",
	    "«%1» внутри комментария HTML: для комментария есть «{{! … }}»"),
	ROW(BASE_TEMPLATE_IN_TAG, "template-in-tag",
	    "'%1' inside an HTML tag, outside a quoted value",
	    "«%1» внутри тега HTML, но не в кавычках значения"),
	ROW(BASE_TEMPLATE_IN_UNQUOTED, "template-in-unquoted",
	    "'%1' in an attribute without quotes: put quotes round it",
	    "«%1» в атрибуте без кавычек: поставьте кавычки"),
	ROW(BASE_TEMPLATE_IN_ATTRIBUTE, "template-in-attribute",
	    "'%1' inside the attribute '%2': no value may stand there",
	    "«%1» внутри атрибута «%2»: значениям там не место"),
	ROW(BASE_TEMPLATE_SECTION_HTML, "template-section-html",
	    "'%1' ends at another place of the HTML than it begins: inside a "
	    "tag, a value or a comment that only one of both is in",
	    "«%1» кончается не там, где начинается: только один из концов "
	    "внутри тега, значения или комментария HTML"),
	ROW(BASE_TEMPLATE_SECTION_PLACE, "template-section-place",
	    "'%1' inside a name of the HTML or a value without quotes",
	    "«%1» внутри имени HTML или значения без кавычек"),
	ROW(BASE_TEMPLATE_PLACES, "template-places",
	    "'%1' stands here at another place of the HTML than in %2: "
	    "between tags, inside a tag, inside a value",
	    "«%1» здесь не в таком месте HTML, как в %2: между тегами, "
	    "внутри тега, внутри значения"),
	ROW(BASE_TEMPLATE_END_HTML, "template-end-html",
	    "the template ends inside a tag, a value, a comment, a script or "
	    "a style of the HTML",
	    "шаблон кончается внутри тега, значения, комментария, script "
	    "или style"),
	ROW(BASE_THEME_FILE_MISSING, "theme-file-missing",
	    "the theme has no file '%1'", "в теме нет файла «%1»"),
	ROW(BASE_STRING_MISSING, "string-missing", "the text '%1' is missing",
	    "не хватает текста «%1»"),
	ROW(BASE_STRING_NOT_TEXT, "string-not-text",
	    "'%1' wants a text, or texts by key",
	    "в «%1» должен быть текст или тексты по ключам"),
	ROW(BASE_STRING_PLURAL_LACKS, "string-plural-lacks",
	    "the plural '%1' lacks the form '%2'",
	    "у множественного «%1» нет формы «%2»"),
	ROW(BASE_STRING_PLURAL_FORM, "string-plural-form",
	    "the plural '%1' knows no form '%2' in this language",
	    "у множественного «%1» в этом языке нет формы «%2»"),
	ROW(BASE_STRING_COUNT, "string-count", "'%1' wants %2 texts",
	    "в «%1» должно быть текстов: %2"),
};
