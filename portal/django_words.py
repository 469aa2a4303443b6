"""Words of Django's admin and forms that are worded anew in Persian: makemessages finds them here."""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("Delete selected %(verbose_name_plural)s"),
    _("0 of %(cnt)s selected"),
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("Authentication and Authorization"),
    _("user"),
    _("users"),
    _("groups"),
    _("permissions"),
    _("Add"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Model name"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Enter a valid email address."),
    _("Enter a valid URL."),
    _("Enter a valid date."),
    _("Enter a whole number."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    _("This field is required."),
    _("This field cannot be blank."),
    _(" By %(filter_title)s "),
    _(
        "Please enter the correct %(username)s and password for a staff account. Note that both "
        "fields may be case-sensitive."
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the following "
        "protected related objects:"
    ),
    _("Password-based authentication"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Reset password"),
    _("Set password"),
    _("staff status"),
    _("superuser status"),
    _("Save and add another"),
    _("View site"),
    _("Run the selected action"),
    _("%(full_result_count)s total"),
    _("Clear all filters"),
    _("email address"),
    _("Permissions"),
    _("date joined"),
    _("Recent actions"),
    _("My actions"),
    _("Unknown content"),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
]
