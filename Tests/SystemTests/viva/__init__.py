"""What the tests of whole deployments are written with."""

from viva.deployment import Deployment
from viva.participant import Participant, Refused, expect_the_newest
from viva.session import Session, call, until_refused

__all__ = ["Deployment", "Participant", "Refused", "Session", "call", "expect_the_newest", "until_refused"]
