"""Every setting, read once from the environment (`MARGENT_...`) and an optional `.env` file."""

from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).parent.parent
_IS_CHECKOUT = (_ROOT / "pyproject.toml").is_file()
_VAR = _ROOT / "var" if _IS_CHECKOUT else Path.home() / ".margent"


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
    threads: int = Field(default=2, ge=1, le=64, description="Background jobs run at once.")

    max_upload_mb: int = Field(default=100, ge=1, description="Largest file taken, in megabytes.")
    max_pages: int = Field(default=3000, ge=1, description="Most pages read of one file.")

    country: str = Field(default="", description="Two-letter country of the school, for helplines.")

    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks, with commas, of reverse proxies whose X-Forwarded-For and -Proto are true.",
    )
    oidc_issuer: str = Field(default="", description="The school's own sign-in (OpenID Connect); empty for none.")
    oidc_client_id: str = Field(default="", description="What this installation is called there.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret, where it was given one.")
    oidc_name: str = Field(default="your school account", description='What the button says after "Sign in with".')

    llm_base_url: str = Field(default="", description="An OpenAI-compatible endpoint; empty for none.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Its key, where it wants one.")
    llm_model: str = Field(default="", description="The model's name there.")
    llm_timeout_seconds: float = Field(default=60.0, gt=0, description="Longest wait for one answer.")
    tokens_per_person_day: int = Field(default=200_000, ge=0, description="A person's allowance a day.")
    tokens_per_day: int = Field(default=2_000_000, ge=0, description="Everybody's allowance a day.")

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, value: str) -> str:
        """Take addresses and networks alone: a `*` would believe everybody."""
        networks = [ip_network(one.strip()) for one in value.split(",") if one.strip()]
        return ",".join(str(network) for network in networks)

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
