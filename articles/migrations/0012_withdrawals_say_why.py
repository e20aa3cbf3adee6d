from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_correction_passage'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # What was withdrawn without a word before is told as such.
        migrations.RunSQL("UPDATE articles_withdrawal SET reason = 'Withdrawn.' WHERE reason = ''", ""),
        migrations.AlterField(
            model_name='withdrawal',
            name='reason',
            field=models.TextField(help_text='Shown to readers.'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_says_why', violation_error_message='Readers are told why a story was withdrawn.'),
        ),
    ]
