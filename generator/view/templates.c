#include <stddef.h>

#include "generator/view/view.h"

const char *const view_templates[] = {
	"page/404.html",
	"page/alias.html",
	"page/catalog.html",
	"page/direction.html",
	"page/directions.html",
	"page/event.html",
	"page/feed.xml",
	"page/home.html",
	"page/month.html",
	"page/municipalities.html",
	"page/municipality.html",
	"page/organization.html",
	"page/organizations.html",
	"page/program.html",
	"page/robots.txt",
	"page/sitemap.xml",
	"page/text.html",
	"page/texts.html",
	NULL,
};

const char *const view_optional_templates[] = {
	"page/headers.txt",
	"page/manifest.json",
	"page/offline.html",
	"page/redirects.txt",
	NULL,
};
