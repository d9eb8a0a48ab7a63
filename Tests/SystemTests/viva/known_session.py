"""For schemathesis: a well-formed request for a session asks for one that is there, with a token of it."""

import os

import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def before_call(context, case, kwargs):
    if "id" in case.path_parameters and case.meta.generation.mode == GenerationMode.POSITIVE:
        case.path_parameters["id"] = os.environ["VIVA_KNOWN_SESSION"]
        case.headers["Authorization"] = f"Bearer {os.environ['VIVA_KNOWN_TOKEN']}"
