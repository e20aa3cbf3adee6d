"""How fast the pages are: the production server on one core, the readers on another, nothing cached.

    manage.py bench ──▶ premises (own folder, own database) ──▶ python -m newsroom.bench: seed, measure, report
                                                                  ├─▶ servers: manage.py serve, constant bytes
                                                                  └─▶ readers: keep-alive connections in a process

No Django in here: the readers' process starts anew for every measurement.
"""
