"""{% milestone_summary milestones as summary %}: how many steps are done, and which one matters next."""

from django import template
from django.utils import timezone

register = template.Library()


@register.simple_tag
def milestone_summary(milestones):
    """{all, done, next, days, lapsed} of a list of milestones: `next` is the first late one, else the first
    ahead, else None; `days` how many days it is late; `lapsed` says that one lapsed (see PROGRESS)."""
    milestones = list(milestones)
    late = [step for step in milestones if step.progress == "late"]
    ahead = [step for step in milestones if step.progress == "ahead"]
    return {
        "all": len(milestones),
        "done": sum(step.progress == "done" for step in milestones),
        "next": next(iter(late + ahead), None),
        "lapsed": any(step.progress == "lapsed" for step in milestones),
        "days": (timezone.localdate() - late[0].due).days if late else None,
    }
