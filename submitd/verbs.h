#ifndef SUBMITD_VERBS_H
#define SUBMITD_VERBS_H

struct config;

/* What main may be told to do.  Each returns one of these. */
enum exit_code {
	EXIT_OK,      /* done */
	EXIT_BREACH,  /* check has found something */
	EXIT_USAGE,   /* told on stderr */
	EXIT_MACHINE, /* the machine's fault, logged */
};

int verb_serve(struct config *c);
int verb_migrate(struct config *c);
int verb_due(struct config *c);
int verb_export(struct config *c);
int verb_backup(struct config *c);
int verb_check(struct config *c);
int verb_user_add(struct config *c);
int verb_demo(struct config *c);

#endif
