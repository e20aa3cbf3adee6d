from django.db import migrations, models


def wanted_when_due(apps, schema_editor):
    """Of what waits and was never tried; of the rest nobody knows any more."""
    untried = apps.get_model('articles', 'Errand').objects.filter(done_at=None, attempts=0)
    untried.update(wanted_at=models.F('due_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_proof_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='errand',
            name='wanted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(wanted_when_due, migrations.RunPython.noop),
    ]
