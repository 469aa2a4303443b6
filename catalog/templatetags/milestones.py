"""{% milestone_summary milestones as summary %}: how many steps are done, and which one matters next."""

from django import template

register = template.Library()


@register.simple_tag
def milestone_summary(milestones):
    """{all, done, next} of a list of milestones; `next` is the first late one, else the first ahead, else
    None."""
    milestones = list(milestones)
    late = [step for step in milestones if step.progress == "late"]
    ahead = [step for step in milestones if step.progress == "ahead"]
    return {
        "all": len(milestones),
        "done": len(milestones) - len(late) - len(ahead),
        "next": next(iter(late + ahead), None),
    }
