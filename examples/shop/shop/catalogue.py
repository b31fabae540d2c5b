"""The pages that show the products."""

from flask import Blueprint, current_app, render_template

pages = Blueprint("catalogue", __name__)

GOODS = {"tea": 450, "mug": 1200, "honey": 780}


@pages.get("/")
def index() -> str:
    """All products, as many as fit on a page."""
    shown = list(GOODS.items())[: current_app.config["PAGE_SIZE"]]
    return render_template("index.html", goods=shown)
