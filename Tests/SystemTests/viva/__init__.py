"""What the tests of whole deployments are written with."""

from viva.deployment import Deployment
from viva.participant import Participant, Refused
from viva.session import Session, call, until_refused

__all__ = ["Deployment", "Participant", "Refused", "Session", "call", "until_refused"]
