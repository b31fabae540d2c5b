"""Payment."""

import os

from flask import Blueprint, abort, render_template

from shop import orders
from shop.catalogue import GOODS

pages = Blueprint("checkout", __name__)


def payment_key() -> str:
    """The key of our account at the payment service."""
    return os.environ["STRIPE_API_KEY"]


@pages.get("/buy/<name>")
def buy(name: str) -> str:
    """Charge for a product and store the order."""
    if name not in GOODS:
        abort(404)
    mode = "live" if payment_key().startswith("sk_live_") else "test"
    number = orders.add(name, GOODS[name])
    return render_template("thanks.html", name=name, number=number, mode=mode)
