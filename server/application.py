"""The WSGI application: the one place where its parts are joined.

Commands that answer nobody, such as a load, start faster without it.
"""

from flask import Flask

from records.store import Store
from server import iiif, pages
from server.compression import compress
from server.config import Config, load_config
from server.iiif.stored import StoredManifests
from server.library import Library
from server.oai_pmh.endpoint import Endpoint
from server.watching import watch_over


def create_app(config: Config | None = None) -> Flask:
    """Return the WSGI application.

    Args:
        config: the settings; read from the environment and `dragoman.toml` if not given.

    Raises:
        ConfigError: a setting is wrong.
        StoreError: the store cannot be opened.
    """
    config = config or load_config()
    app = Flask(__name__, static_folder=None, template_folder="pages/templates")
    store = Store(config.database_url, config.read_database_url)
    desk = app.extensions["dragoman"] = Library(config, store)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.register_blueprint(iiif.blueprint)
    app.register_blueprint(pages.blueprint)
    watch = watch_over(app, config.list_requests, config.image_requests)
    app.after_request(compress)
    app.wsgi_app = StoredManifests(Endpoint(app.wsgi_app, desk, watch), store)  # type: ignore[method-assign]
    return app
