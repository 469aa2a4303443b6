"""Words of Django's admin and forms that are worded anew in Persian: makemessages finds them here."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS_OF_DJANGO = [
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
    _("Add %s"),
    _("Change %s"),
    _("Select %s to change"),
    _("Add link"),
    _("Change or view list link"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Change selected %(model)s"),
    _("View selected %(model)s"),
    _("Delete selected %(model)s"),
    _("Add another %(model)s"),
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
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related objects, "
        "but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your "
        "account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would require deleting the following protected "
        "related objects:"
    ),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All of the '
        "following related items will be deleted:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects "
        "and their related items will be deleted:"
    ),
    _("Delete multiple objects"),
    _("Objects"),
    _("Yes, I’m sure"),
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
    _("Forgotten your login credentials?"),
    _(
        "Forgotten your password? Enter your email address below, and we’ll email instructions "
        "for setting a new one."
    ),
    _("Email address:"),
    _("Reset my password"),
    _("Password reset"),
    _("Password reset sent"),
    _(
        "We’ve emailed you instructions for setting your password, if an account exists with the "
        "email you entered. You should receive them shortly."
    ),
    _(
        "If you don’t receive an email, please make sure you’ve entered the address you "
        "registered with, and check your spam folder."
    ),
    _("Enter new password"),
    _("Password reset confirmation"),
    _("Please enter your new password twice so we can verify you typed it in correctly."),
    _("New password:"),
    _("Confirm password:"),
    _("Change my password"),
    _("Password reset unsuccessful"),
    _(
        "The password reset link was invalid, possibly because it has already been used.  Please "
        "request a new password reset."
    ),
    _("Password reset complete"),
    _("Your password has been set.  You may go ahead and log in now."),
    _("Log in again"),
    _("Logged out"),
    _("Thanks for spending some quality time with the web site today."),
    _("Password change"),
    _("Password change successful"),
    _("Your password was changed."),
    _(
        "Please enter your old password, for security’s sake, and then enter your new password "
        "twice so we can verify you typed it in correctly."
    ),
    _("Old password"),
    _("New password"),
    _("New password confirmation"),
    _("Password confirmation"),
    _("Enter the same password as before, for verification."),
    _("The two password fields didn’t match."),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("Password changed successfully."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. "
        "Would you like to login to a different account?"
    ),
    _("Enter a new password for the user <strong>%(username)s</strong>."),
    _("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
    _("Enabled"),
    _("Disabled"),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may "
        "still be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("salt"),
    _("hash"),
    _("Click here to select the objects across all pages"),
    _("Clear selection"),
    _(", "),  # between hours and minutes: timesince
]

COUNTED_WORDS_OF_DJANGO = [
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected", "total_count"),
]
