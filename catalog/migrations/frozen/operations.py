"""Operations that migrations share."""

from django.db.migrations.operations import AlterField, SeparateDatabaseAndState


class AlterChoices(SeparateDatabaseAndState):
    """Gives the field `name` of many models the same new choices, of which the database knows nothing. One
    AlterField after the other would build the classes of nearly all models anew for each."""

    def __init__(self, name, models, field):
        super().__init__(state_operations=[AlterField(model, name, field) for model in models])
        self.name, self.models, self.field = name, models, field

    def deconstruct(self):
        return type(self).__qualname__, [self.name, self.models, self.field], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # built once more by whatever comes next
        super().state_forwards(app_label, state)

    def describe(self):
        return f"Alter the choices of {self.name} of {len(self.models)} models"
