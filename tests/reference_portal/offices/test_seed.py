"""The seed content is whole and agrees with itself."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal.information.texts import english_services, texts
from portal.seeding import seed

LABELS = {
    "Mã thủ tục", "Số quyết định", "Tên thủ tục", "Cấp thực hiện", "Loại thủ tục", "Lĩnh vực", "Trình tự thực hiện",
    "Cách thức thực hiện", "Đối tượng thực hiện", "Cơ quan thực hiện", "Cơ quan có thẩm quyền", "Địa chỉ tiếp nhận HS",
    "Kết quả thực hiện", "Căn cứ pháp lý", "Yêu cầu, điều kiện thực hiện",
}  # fmt: skip
WAYS = {"Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"}
TYPES = {"text", "textarea", "date", "number", "select", "radio", "checkbox", "province", "commune"}
SERVICES: list[dict[str, Any]] = seed("services")["services"]
each_service = pytest.mark.parametrize("service", SERVICES, ids=[service["code"] for service in SERVICES])


def submittable() -> list[dict[str, Any]]:
    return [service for service in SERVICES if service["level"] != "thong_tin"]


def test_codes_are_unique_and_in_the_national_form() -> None:
    codes = [service["code"] for service in SERVICES]
    assert len(set(codes)) == len(codes) == 24
    assert all(re.fullmatch(r"[1-3]\.\d{6}", code) for code in codes)


@each_service
def test_each_service_publishes_all_labels_with_content(service: dict[str, Any]) -> None:
    detail = service["detail"]
    assert set(detail) == LABELS
    assert all(detail.values())
    assert all(set(way) == WAYS and all(way.values()) for way in detail["Cách thức thực hiện"])
    assert detail["Mã thủ tục"] == service["code"]
    assert detail["Tên thủ tục"] == service["name"]
    assert detail["Lĩnh vực"] == service["field"]


@each_service
def test_the_published_fee_and_time_limit_are_the_ones_that_count(service: dict[str, Any]) -> None:
    first = service["detail"]["Cách thức thực hiện"][0]
    fee = re.match(r"([\d.]+) đồng", first["Phí, lệ phí"])
    limit = re.match(r"(\d+) ngày làm việc", first["Thời hạn giải quyết"])
    assert fee is not None and int(fee[1].replace(".", "")) == service["fee"]
    assert limit is not None and int(limit[1]) == service["processing_days"]


@each_service
def test_each_form_asks_questions_that_can_be_answered(service: dict[str, Any]) -> None:
    form = service["form"]
    keys = [question["key"] for question in form]
    assert len(set(keys)) == len(keys)
    assert not form or 5 <= len(form) <= 10
    for question in form:
        assert question["type"] in TYPES
        if question["type"] in ("select", "radio"):
            values = [value for value, _ in question["options"]]
            assert len(set(values)) == len(values) >= 2
        if question["type"] == "commune":
            assert question["depends_on"] in keys
        if "pattern" in question:
            assert question["hint"], "a pattern without a hint cannot be guessed"
            re.compile(question["pattern"])


@each_service
def test_each_document_can_be_uploaded_and_names_its_limits(service: dict[str, Any]) -> None:
    documents = service["documents"]
    assert len({document["key"] for document in documents}) == len(documents) >= 1
    for document in documents:
        assert set(document["types"]) <= {"pdf", "jpg", "png", "docx"}
        assert 1 <= document["max_mb"] <= 20


def test_the_mix_of_services_is_the_one_that_a_province_has() -> None:
    levels = [service["level"] for service in SERVICES]
    assert levels.count("toan_trinh") >= 8 and levels.count("mot_phan") >= 2 and levels.count("thong_tin") >= 2
    assert len({service["essential"] for service in submittable() if service["essential"]}) >= 5
    assert any(service["fee"] == 0 for service in submittable())
    assert any(len(service["documents"]) >= 5 for service in submittable())
    assert any(service["audience"] == "to_chuc" for service in submittable())
    assert any(service["requires_signature"] for service in submittable())


def test_a_joined_service_names_its_parts_and_asks_nothing_that_the_account_knows() -> None:
    joined = next(service for service in SERVICES if service["essential"] == 15)
    assert len(joined["lien_thong"]) == 3
    labels = [question["label"] for question in joined["form"]]
    assert len(set(labels)) == len(labels)
    assert not any("người nộp" in label.lower() and "định danh" in label.lower() for label in labels)


def test_popular_services_can_be_submitted() -> None:
    known = {service["code"] for service in submittable()}
    assert set(seed("services")["popular"]) <= known


def test_agencies_form_a_tree_of_two_levels_and_services_belong_to_them() -> None:
    agencies = {agency["code"]: agency for agency in seed("agencies")}
    assert [code for code, agency in agencies.items() if agency["parent"] is None] == ["H99"]
    assert {agency["level"] for agency in agencies.values()} == {"province", "commune"}
    assert all(agency["parent"] in agencies for agency in agencies.values() if agency["parent"])
    assert all(service["agency"] in agencies for service in SERVICES)


def test_people_live_in_places_that_exist_and_have_valid_numbers() -> None:
    people = seed("people")
    places = {province["name"]: province["communes"] for province in seed("places")}
    assert len(places) == 35 and len(places["Tỉnh Sao Mai"]) == 10
    for citizen in people["citizens"]:
        assert citizen["commune"] in places[citizen["province"]]
        year = int(citizen["birth_date"][-4:])
        century = {1900: 0, 2000: 2}[year // 100 * 100] + (citizen["gender"] == "Nữ")
        assert re.fullmatch(rf"\d{{3}}{century}{year % 100:02d}\d{{6}}", citizen["cccd"])
    assert {officer["role"] for officer in people["officers"]} == {"tiep_nhan", "lanh_dao"}


def test_past_dossiers_name_services_agencies_and_statuses_that_exist() -> None:
    past = seed("past_dossiers")
    services, agencies = {service["code"] for service in SERVICES}, {agency["code"] for agency in seed("agencies")}
    assert len(past["dossiers"]) >= 60
    for dossier in past["dossiers"]:
        assert dossier["service"] in services and dossier["agency"] in agencies
        assert 1 <= dossier["status"] <= 10 and dossier["applicant"] < len(past["applicants"])
        assert ("took" in dossier) == (dossier["status"] in (3, 7, 8, 10))


def test_every_service_has_english_words_for_all_its_documents() -> None:
    words = english_services()
    for service in SERVICES:
        assert len(words[service["code"]].documents) == len(service["documents"])


def test_help_texts_exist_in_both_languages() -> None:
    for language in ("vi", "en"):
        found = texts(language)
        assert len(found.guide) == 7 and found.hotlines and all(group.questions for group in found.faq)
