"""The REST side: sessions, and calls whose every answer is held to the contract."""

import asyncio
import json as json_text
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from viva.contracts import check_answer


@dataclass
class Answer:
    status: int
    headers: Any
    raw: bytes

    @property
    def type(self):
        return self.headers.get("Content-Type", "").split(";")[0]

    @property
    def body(self):
        return json_text.loads(self.raw) if self.type.endswith("json") else self.raw.decode()

    @property
    def code(self):
        return self.body["code"]


async def call(method, url, path, *, token=None, headers=None, **body):
    """One request; `json=…` or `data=…` is its body."""
    headers = dict(headers or {})
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    async with aiohttp.request(method, url + path, headers=headers, **body) as response:
        answer = Answer(response.status, response.headers, await response.read())
    check_answer(method, path, answer)
    return answer


async def until_refused(ask, at_once):
    """All answers to so many requests at a time, again until one was too many: a slow machine asks slowly."""
    answers = []
    async with asyncio.timeout(120):
        while not any(answer.status == 429 for answer in answers):
            answers += await asyncio.gather(*(ask() for _ in range(at_once)))
    return answers


class Session:
    """A session that was created, with the tokens out of its links."""

    def __init__(self, url, created):
        self.url = url
        self.id = created["id"]
        self.links = created["links"]
        self.tokens = {role: urlsplit(link).fragment for role, link in self.links.items()}

    @classmethod
    async def create(cls, url, **fields):
        answer = await call("POST", url, "/api/sessions", json=fields)
        assert answer.status == 201, answer.raw
        return cls(url, answer.body)

    @property
    def path(self):
        return f"/api/sessions/{self.id}"

    async def read(self, role="observer"):
        answer = await call("GET", self.url, self.path, token=self.tokens[role])
        assert answer.status == 200, answer.raw
        return answer.body

    async def delete(self, role="interviewer"):
        return await call("DELETE", self.url, self.path, token=self.tokens[role])
