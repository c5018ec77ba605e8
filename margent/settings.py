"""Every setting, read once from the environment (`MARGENT_...`) and an optional `.env` file."""

from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.addresses import is_loopback, is_safe
from domain.errors import Invalid

_ROOT = Path(__file__).parent.parent
_IS_CHECKOUT = (_ROOT / "pyproject.toml").is_file()
_VAR = _ROOT / "var" if _IS_CHECKOUT else Path.home() / ".margent"

_FREE = Decimal(0)
"""What the model costs where nobody says: a school's own machine asks no money."""

_SHORTEST_SECRET = 16
"""Characters of the webhook's secret, at least."""


def _beside(data_dir: Path) -> Path:
    """Give the key ring's place: beside the data folder, so that a copy of one is not a copy of both."""
    folder = data_dir.absolute()
    return folder.with_name(f"{folder.name}-keys") / "ring.json"


class Settings(BaseSettings):
    """The installation's settings; `margent doctor` prints the ones in force, secrets masked."""

    model_config = SettingsConfigDict(
        env_prefix="MARGENT_", env_file=".env", frozen=True, extra="ignore", protected_namespaces=()
    )

    profile: Literal["school", "demo"] = Field(
        default="school", description="`demo` opens a door for each role without an account."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    data_dir: Path = Field(default=_VAR / "data", description="Database, vectors and uploaded files.")
    key_file: Path = Field(
        default_factory=lambda given: _beside(given["data_dir"]),
        description="The keys that open what people wrote; keep it, and its copies, apart from the data.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="A PostgreSQL database, as postgresql://role:password@host/name; empty for a file in the folder.",
    )
    models_dir: Path = Field(default=_VAR / "models", description="The packaged models.")
    encoder_folder: Path | None = Field(
        default=None, description="An encoder of your own for search, as ONNX, for other languages; empty for ours."
    )
    threads: int = Field(default=2, ge=1, le=64, description="Background jobs run at once.")

    max_upload_mb: int = Field(default=100, ge=1, description="Largest file taken, in megabytes.")
    max_pages: int = Field(default=3000, ge=1, description="Most pages read of one file.")

    web_pages: bool = Field(default=True, description="Whether people may add pages of the public web by address.")

    country: str = Field(default="", description="Two-letter country of the school, for helplines.")

    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks, with commas, of reverse proxies whose X-Forwarded-For and -Proto are true.",
    )
    oidc_issuer: str = Field(default="", description="The school's own sign-in (OpenID Connect); empty for none.")
    oidc_client_id: str = Field(default="", description="What this installation is called there.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret, where it was given one.")
    oidc_name: str = Field(default="your school account", description='What the button says after "Sign in with".')

    public_url: str = Field(
        default="", description="The address that people open, as https://margent.school.example; notices link to it."
    )
    smtp_host: str = Field(default="", description="The mail server that notices are handed to; empty for none.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for implicit.")
    smtp_tls: Literal["starttls", "implicit", "none"] = Field(
        default="starttls", description="How the way there is encrypted; none only to this machine itself."
    )
    smtp_user: str = Field(default="", description="Who signs in there; empty where nobody has to.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="The password for that.")
    smtp_from: str = Field(default="", description="The address that notices come from.")
    webhook_url: str = Field(default="", description="An https address that notices are posted to; empty for none.")
    webhook_secret: SecretStr = Field(default=SecretStr(""), description="What notices there are signed with.")
    alarm_email: str = Field(default="", description="Who gets mail at once when a sign of danger could not be saved.")

    llm_base_url: str = Field(default="", description="An OpenAI-compatible endpoint; empty for none.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Its key, where it wants one.")
    llm_model: str = Field(default="", description="The model's name there.")
    llm_timeout_seconds: float = Field(default=60.0, gt=0, description="Longest wait for one answer.")
    llm_window_tokens: int = Field(
        default=8192, ge=1024, description="How many tokens the model takes in at once, question and answer together."
    )
    llm_at_once: int = Field(default=3, ge=1, le=32, description="Questions to the model at the same time, at most.")
    llm_price_in: Decimal = Field(default=_FREE, ge=0, description="Price of a million tokens that go to the model.")
    llm_price_out: Decimal = Field(default=_FREE, ge=0, description="Price of a million tokens that it answers with.")
    llm_currency: str = Field(default="EUR", pattern="^[A-Z]{3}$", description="The currency of prices and caps.")
    tokens_per_person_day: int = Field(default=200_000, ge=0, description="A person's allowance a day.")
    tokens_per_class_day: int | None = Field(default=None, ge=0, description="A class's; empty for no cap of its own.")
    tokens_per_day: int = Field(default=2_000_000, ge=0, description="Everybody's allowance a day.")
    cost_per_person_day: Decimal | None = Field(default=None, ge=0, description="The same in money; empty for no cap.")
    cost_per_class_day: Decimal | None = Field(default=None, ge=0, description="A class's cap in money a day.")
    cost_per_day: Decimal | None = Field(default=None, ge=0, description="Everybody's cap in money a day.")

    @field_validator("tokens_per_class_day", "cost_per_person_day", "cost_per_class_day", "cost_per_day", mode="before")
    @classmethod
    def _check_cap(cls, value: object) -> object:
        """Take what is empty for no cap."""
        return None if value == "" else value

    @field_validator("encoder_folder", mode="before")
    @classmethod
    def _check_encoder_folder(cls, value: object) -> object:
        """Take what is empty for nothing, not for the folder one is in."""
        return value or None

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, value: str) -> str:
        """Take addresses and networks alone: a `*` would believe everybody."""
        networks = [ip_network(one.strip()) for one in value.split(",") if one.strip()]
        return ",".join(str(network) for network in networks)

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise Invalid(
                "MARGENT_PUBLIC_URL is no web address. Write https://margent.school.example", field="public_url"
            )
        return value.rstrip("/")

    @model_validator(mode="after")
    def _check_mail(self) -> Self:
        """Refuse to send notices, and the password, over the network in the clear."""
        if self.smtp_host and "@" not in self.smtp_from:
            raise Invalid("MARGENT_SMTP_FROM is needed: the address that notices come from.", field="smtp_from")
        if self.smtp_host and self.smtp_tls == "none" and not is_loopback(self.smtp_host):
            message = "MARGENT_SMTP_TLS may be none only for a mail server on this machine. Use starttls or implicit."
            raise Invalid(message, field="smtp_tls")
        return self

    @model_validator(mode="after")
    def _check_webhook(self) -> Self:
        """Refuse to post notices in the clear, or unsigned."""
        if self.webhook_url and not is_safe(self.webhook_url):
            message = "MARGENT_WEBHOOK_URL must begin with https://, unless it is an address of this machine."
            raise Invalid(message, field="webhook_url")
        if self.webhook_url and len(self.webhook_secret.get_secret_value()) < _SHORTEST_SECRET:
            message = f"MARGENT_WEBHOOK_SECRET must have at least {_SHORTEST_SECRET} characters."
            raise Invalid(message, field="webhook_secret")
        return self

    @property
    def alarm_file(self) -> Path:
        """Where alarms are kept that the store could not take: outside the data folder, beside the keys."""
        return self.key_file.with_name("alarms")

    @property
    def has_school_accounts(self) -> bool:
        """Whether the school's own sign-in is configured."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def has_store(self) -> bool:
        """Whether there is a database: one that is set, or the file in the data folder."""
        return bool(self.database_url.get_secret_value()) or (self.data_dir / "margent.db").is_file()

    @property
    def has_model(self) -> bool:
        """Whether a model endpoint is configured."""
        return bool(self.llm_base_url and self.llm_model)

    @property
    def store_url(self) -> str:
        """The database: the one that is set, or else the SQLite file in the data folder."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'margent.db'}"
