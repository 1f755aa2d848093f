"""The portal as a Flask application: everything is plugged together here and nowhere else."""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import Flask

from portal import (
    catalogue,
    compression,
    crowding,
    defects,
    home_scripts,
    identity_client,
    leaks,
    places,
    plain_http,
    refusals,
    security,
    sessions,
    shell,
    skins,
    static_files,
    wording,
)
from portal.citizen import blueprint as citizen_pages
from portal.database import Database, attach
from portal.information import blueprints as information_pages
from portal.information.past import fill_past
from portal.officer import blueprint as officer_pages
from portal.seeding import fill, is_empty
from portal.settings import Settings

MAX_REQUEST_BYTES = 32 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """The application, with its database opened and filled when it was empty.

    Raises portal.defects.UnknownDefect and portal.skins.UnknownSkin for a wrong name, OSError when the data folder
    cannot be written.
    """
    defects.switch_on(settings.defects)
    skins.check(settings.skin)
    app = Flask("portal", template_folder=None, static_folder=None)
    app.jinja_loader = skins.template_loader(settings.skin)
    app.config.update(
        SECRET_KEY=settings.secret_key, MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.logger.setLevel(logging.WARNING)
    app.extensions["portal.settings"] = settings

    database = Database(settings.database_file)
    attach(app, database)
    with database.transaction() as session:
        if is_empty(session):
            fill(session, settings)
            fill_past(session)
    with database.transaction() as session:
        app.extensions["portal.catalogue"] = catalogue.load(session)
        app.extensions["portal.places"] = places.load(session)
    sessions.sweep(database, timedelta(minutes=settings.idle_minutes))

    app.session_interface = sessions.DatabaseSessions(settings)
    crowding.install(app)
    compression.install(app)
    security.install(app)
    plain_http.install(app)
    static_files.install(app)
    wording.install(app)
    shell.install(app)
    refusals.install(app)
    leaks.install(app)
    home_scripts.install(app)
    identity_client.install(app)
    skins.install(app, settings.skin)

    for blueprint in (citizen_pages, *information_pages, officer_pages):
        app.register_blueprint(blueprint)
    return app
