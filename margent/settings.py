"""Every setting, read once from the environment (`MARGENT_...`) and an optional `.env` file."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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
    models_dir: Path = Field(default=_VAR / "models", description="The packaged models.")
    threads: int = Field(default=2, ge=1, le=64, description="Background jobs run at once.")

    max_upload_mb: int = Field(default=100, ge=1, description="Largest file taken, in megabytes.")
    max_pages: int = Field(default=3000, ge=1, description="Most pages read of one file.")

    country: str = Field(default="", description="Two-letter country of the school, for helplines.")

    llm_base_url: str = Field(default="", description="An OpenAI-compatible endpoint; empty for none.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Its key, where it wants one.")
    llm_model: str = Field(default="", description="The model's name there.")
    llm_timeout_seconds: float = Field(default=60.0, gt=0, description="Longest wait for one answer.")
    tokens_per_person_day: int = Field(default=200_000, ge=0, description="A person's allowance a day.")
    tokens_per_day: int = Field(default=2_000_000, ge=0, description="Everybody's allowance a day.")

    @property
    def has_model(self) -> bool:
        """Whether a model endpoint is configured."""
        return bool(self.llm_base_url and self.llm_model)

    @property
    def database_url(self) -> str:
        """The SQLite file in the data folder."""
        return f"sqlite:///{self.data_dir / 'margent.db'}"
