#include "submitd/pages/account.h"
#include "submitd/pages/live.h"
#include "submitd/pages/machine.h"
#include "submitd/pages/my_applications.h"
#include "submitd/pages/my_children.h"
#include "submitd/pages/my_sign_ups.h"
#include "submitd/pages/operator.h"
#include "submitd/pages/org.h"

const struct route routes[] = {
	/* account: the way in */
	{ { METHOD_GET, "/account/register" }, NEED_NOTHING, register_get,
	    confirm_fields, NULL, 0 },
	{ { METHOD_POST, "/account/register" }, NEED_NOTHING, register_post,
	    register_fields, register_finish, 0 },
	{ { METHOD_GET, "/account/confirm/{token}" }, NEED_NOTHING, confirm_get,
	    NULL, NULL, 0 },
	{ { METHOD_POST, "/account/confirm/{token}" }, NEED_NOTHING,
	    confirm_post, confirm_fields, NULL, 0 },
	{ { METHOD_GET, "/account/sent" }, NEED_NOTHING, sent_get, sent_fields,
	    NULL, 0 },
	{ { METHOD_GET, "/account/login" }, NEED_NOTHING, login_get,
	    login_query, NULL, 0 },
	{ { METHOD_POST, "/account/login" }, NEED_NOTHING, login_post,
	    login_fields, login_finish, ROUTE_NO_REPLAY },
	{ { METHOD_POST, "/account/logout" }, NEED_NOTHING, logout_post, NULL,
	    NULL, ROUTE_NO_REPLAY },
	{ { METHOD_GET, "/account/session" }, NEED_NOTHING, session_get, NULL,
	    NULL, 0 },
	{ { METHOD_GET, "/account/reset" }, NEED_NOTHING, reset_get, NULL, NULL,
	    0 },
	{ { METHOD_POST, "/account/reset" }, NEED_NOTHING, reset_post,
	    reset_fields, NULL, 0 },
	{ { METHOD_GET, "/account/reset/{token}" }, NEED_NOTHING,
	    reset_token_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/account/reset/{token}" }, NEED_NOTHING,
	    reset_token_post, reset_token_fields, reset_token_finish, 0 },
	{ { METHOD_GET, "/account/password" }, NEED_ACCOUNT, password_get, NULL,
	    NULL, 0 },
	{ { METHOD_POST, "/account/password" }, NEED_ACCOUNT, password_post,
	    password_fields, password_finish, 0 },
	{ { METHOD_GET, "/support" }, NEED_NOTHING, support_get, NULL, NULL,
	    0 },
	{ { METHOD_POST, "/support" }, NEED_NOTHING, support_post,
	    support_fields, NULL, 0 },

	/* for the static pages */
	{ { METHOD_GET, "/live/programs/{id}.json" }, NEED_NOTHING, live_program_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/live/availability.json" }, NEED_NOTHING, live_availability_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/live/programs/{id}/reviews.json" }, NEED_NOTHING, live_reviews_get, NULL, NULL, 0 },

	/* guardians */
	{ { METHOD_GET, "/my/" }, NEED_GUARDIAN, home_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/my/children" }, NEED_GUARDIAN, children_get, child_fields, NULL, 0 },
	{ { METHOD_POST, "/my/children" }, NEED_GUARDIAN, children_post, child_fields, NULL, 0 },
	{ { METHOD_GET, "/my/children/claim" }, NEED_GUARDIAN, claim_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/children/claim" }, NEED_GUARDIAN, claim_post, claim_fields, NULL, 0 },
	{ { METHOD_GET, "/my/children/claim/{token}" }, NEED_NOTHING, claim_answer_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/children/claim/{token}" }, NEED_NOTHING, claim_answer_post, answer_fields, NULL, 0 },
	{ { METHOD_GET, "/my/children/{id}" }, NEED_GUARDIAN, child_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/my/children/{id}/certificate" }, NEED_GUARDIAN, certificate_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/children/{id}/certificate" }, NEED_GUARDIAN, certificate_post, NULL, NULL, 0 },
	{ { METHOD_GET, "/my/applications" }, NEED_GUARDIAN, applications_get, list_fields, NULL, 0 },
	{ { METHOD_POST, "/my/applications" }, NEED_GUARDIAN, applications_post, application_fields, NULL, 0 },
	{ { METHOD_GET, "/my/applications/new" }, NEED_GUARDIAN, application_new_get, application_new_fields, NULL, 0 },
	{ { METHOD_GET, "/my/applications/{id}" }, NEED_GUARDIAN, application_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/applications/{id}/cancel" }, NEED_GUARDIAN, application_cancel_post, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/applications/{id}/leave" }, NEED_GUARDIAN, application_leave_post, leave_fields, NULL, 0 },
	{ { METHOD_GET, "/my/sign-ups" }, NEED_GUARDIAN, sign_ups_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/sign-ups" }, NEED_GUARDIAN, sign_ups_post, sign_up_fields, NULL, 0 },
	{ { METHOD_GET, "/my/sign-ups/new" }, NEED_GUARDIAN, sign_up_new_get, sign_up_new_fields, NULL, 0 },
	{ { METHOD_GET, "/my/sign-ups/{id}" }, NEED_GUARDIAN, sign_up_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/sign-ups/{id}/cancel" }, NEED_GUARDIAN, sign_up_cancel_post, NULL, NULL, 0 },
	{ { METHOD_GET, "/my/reviews" }, NEED_GUARDIAN, reviews_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/my/reviews" }, NEED_GUARDIAN, reviews_post, review_fields, NULL, 0 },

	/* organizers */
	{ { METHOD_GET, "/org/" }, NEED_ORGANIZER, org_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/org/applications" }, NEED_ORGANIZER, org_applications_get, list_fields, NULL, 0 },
	{ { METHOD_GET, "/org/applications/{id}" }, NEED_ORGANIZER, org_application_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/approve" }, NEED_ORGANIZER, org_approve_post, NULL, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/decline" }, NEED_ORGANIZER, org_decline_post, decline_fields, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/contract" }, NEED_ORGANIZER, org_contract_post, contract_fields, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/enroll" }, NEED_ORGANIZER, org_enroll_post, enroll_fields, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/leave" }, NEED_ORGANIZER, org_leave_post, org_leave_fields, NULL, 0 },
	{ { METHOD_POST, "/org/applications/{id}/expel" }, NEED_ORGANIZER, org_expel_post, org_leave_fields, NULL, 0 },
	{ { METHOD_GET, "/org/sign-ups" }, NEED_ORGANIZER, org_sign_ups_get, list_fields, NULL, 0 },
	{ { METHOD_POST, "/org/sign-ups/{id}/approve" }, NEED_ORGANIZER, org_sign_up_approve_post, NULL, NULL, 0 },
	{ { METHOD_POST, "/org/sign-ups/{id}/decline" }, NEED_ORGANIZER, org_sign_up_decline_post, decline_fields, NULL, 0 },
	{ { METHOD_POST, "/org/sign-ups/{id}/attend" }, NEED_ORGANIZER, org_sign_up_attend_post, NULL, NULL, 0 },
	{ { METHOD_GET, "/org/reviews" }, NEED_ORGANIZER, org_reviews_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/org/reviews/{id}/answer" }, NEED_ORGANIZER, org_review_answer_post, answer_text_fields, NULL, 0 },

	/* operators */
	{ { METHOD_GET, "/operator/" }, NEED_OPERATOR, operator_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/operator/children" }, NEED_OPERATOR, operator_children_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/operator/children/claims/{id}" }, NEED_OPERATOR, operator_claim_post, decision_fields, NULL, 0 },
	{ { METHOD_POST, "/operator/children/pairs/{id}" }, NEED_OPERATOR, operator_pair_post, NULL, NULL, 0 },
	{ { METHOD_GET, "/operator/certificates" }, NEED_OPERATOR, operator_certificates_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/operator/certificates/{id}/activate" }, NEED_OPERATOR, operator_certificate_post, NULL, NULL, 0 },
	{ { METHOD_GET, "/operator/reviews" }, NEED_OPERATOR, operator_reviews_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/operator/reviews/{id}/approve" }, NEED_OPERATOR, operator_review_approve_post, NULL, NULL, 0 },
	{ { METHOD_POST, "/operator/reviews/{id}/decline" }, NEED_OPERATOR, operator_review_decline_post, review_reason_fields, NULL, 0 },

	/* machines */
	{ { METHOD_GET, "/healthz" }, NEED_LOCAL, healthz_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/readyz" }, NEED_LOCAL, readyz_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/metrics" }, NEED_LOCAL, metrics_get, NULL, NULL, 0 },
};

const size_t routes_count = sizeof(routes) / sizeof(routes[0]);
