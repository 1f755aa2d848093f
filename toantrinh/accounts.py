"""The test accounts of a system file, and the persons whom they stand for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from toantrinh.secrets import Reference

Text = Annotated[str, Field(min_length=1)]


class PersonFacts(BaseModel, frozen=True, extra="forbid"):
    """Who a test account stands for, as far as it is known; the rest is made up."""

    full_name: Text | None = None
    cccd: str | None = Field(None, pattern=r"^[0-9]{12}$", description="Personal identification number, 12 digits.")
    birth_date: str | None = Field(None, pattern=r"^[0-3][0-9]/[01][0-9]/[0-9]{4}$", description="dd/mm/yyyy")
    gender: Literal["nam", "nữ"] | None = None
    phone: str | None = Field(None, pattern=r"^0[0-9]{9}$")
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$")
    province: Text | None = None
    commune: Text | None = None
    address: Text | None = Field(None, description="House number and street or hamlet.")
    organisation: Text | None = None
    tax_code: str | None = Field(None, pattern=r"^[0-9]{10}(-[0-9]{3})?$")


class Account(BaseModel, frozen=True, extra="forbid"):
    """A test account. Every secret is a reference, never the secret itself."""

    session: bool = Field(False, description="A person logs in by `toantrinh login`; no password is lent.")
    username: Reference = Field("", validate_default=True, repr=False, description="Reference to the user name.")
    password: Reference = Field("", validate_default=True, repr=False, description="Reference to the password.")
    otp_secret: Reference | None = Field(None, repr=False, description="Reference to the base32 secret of the codes.")
    otp: Reference | None = Field(None, repr=False, description="Reference to a fixed one-time code.")
    sign_pin: Reference | None = Field(None, repr=False, description="Reference to the PIN of the digital signature.")
    person: Annotated[str, Field(pattern=r"^(citizen|organisation)-[0-9]+$")] | PersonFacts | None = Field(
        None, description="A made-up person (citizen-1, organisation-1) or the facts of the account's person."
    )

    @field_validator("username", "password", mode="wrap")
    @classmethod
    def _lent(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Empty only where a person logs in."""
        if value != "":
            return handler(value)
        if not info.data.get("session"):
            raise PydanticCustomError("missing", "Field required")
        return value

    def references(self) -> tuple[str, ...]:
        """Every reference to a secret of this account, the user name included."""
        lent = (self.username, self.password, self.otp_secret, self.otp, self.sign_pin)
        return tuple(reference for reference in lent if reference)
