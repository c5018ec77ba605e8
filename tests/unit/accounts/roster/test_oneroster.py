"""OneRoster 1.1 and 1.2 as CSV."""

from datetime import date

import pytest

from accounts.roster.entries import ClassName, Entry
from accounts.roster.oneroster import is_oneroster, read_oneroster
from accounts.roster.oneroster_columns import file_of
from accounts.roster.tables import read_tables
from domain.errors import Invalid
from domain.people import Role

USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
USERS_12 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
    "phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
)
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods\n"
)
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
DEMOGRAPHICS = "sourcedId,status,dateLastModified,birthDate,sex\n"
MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"


def read(*texts: str, school: str = "The School") -> list[Entry]:
    tables = read_tables([text.encode() for text in texts])
    assert is_oneroster(tables)
    return read_oneroster(tables, school)


def user(sourced_id: str, name: str, role: str, **more: str) -> str:
    """Write a row of users.csv 1.1."""
    fields = {
        "status": "",
        "enabled": "true",
        "orgs": "o1",
        "email": f"{name.lower()}@school.example",
        "agents": "",
        "login": "",
    } | more
    return (
        f'{sourced_id},{fields["status"]},,{fields["enabled"]},"{fields["orgs"]}",{role},{fields["login"]},,{name},Example,,,'
        f'{fields["email"]},,,"{fields["agents"]}",,\n'
    )


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (USERS_11, "users"),
        (USERS_12, "users"),
        (ROLES, "roles"),
        (ENROLLMENTS, "enrollments"),
        (CLASSES, "classes"),
        (ORGS, "orgs"),
        (DEMOGRAPHICS, "demographics"),
        ("propertyName,value\n", "manifest"),
        ("sourcedId,status,dateLastModified,title\n", "other"),
        ("name,email,role\n", ""),
    ],
)
def test_a_file_is_known_by_its_header(header: str, name: str) -> None:
    """What a file is stands in its header, whatever the file is called and whatever the capitals."""
    assert file_of(header.strip().split(",")) == name
    assert file_of(header.strip().upper().split(",")) == name


def test_a_set_of_1_1_is_read() -> None:
    """People, their classes, months of birth and families come together."""
    found = read(
        MANIFEST,
        ORGS + "o1,,,The School,school,,\n",
        USERS_11
        + user("s1", "Ada", "student", agents="g1")
        + user("t1", "Tom", "teacher")
        + user("g1", "Gil", "guardian")
        + user("g2", "Gus", "parent", agents="s1"),
        CLASSES + "c1,,,Maths 8,,,M8,homeroom,,o1,,,,\nc2,tobedeleted,,Old,,,O,homeroom,,o1,,,,\n",
        ENROLLMENTS
        + "e1,,,c1,o1,s1,student,,,\ne2,,,c1,o1,t1,teacher,true,,\ne3,,,c2,o1,s1,student,,,\n"
        + "e4,tobedeleted,,c1,o1,g1,student,,,\ne5,,,c9,o1,s1,student,,,\n",
        DEMOGRAPHICS + "s1,,,2012-05-03,female\nt1,,,1980-01-01,male\n",
    )

    maths = ClassName("Maths 8", "c1")
    assert found == [
        Entry(
            2, "Ada Example", "ada@school.example", Role.STUDENT, (maths, ClassName("", "c9")), "s1", date(2012, 5, 1)
        ),
        Entry(3, "Tom Example", "tom@school.example", Role.TEACHER, (maths,), "t1"),
        Entry(4, "Gil Example", "gil@school.example", Role.GUARDIAN, (), "g1", ward_ids=("s1",)),
        Entry(5, "Gus Example", "gus@school.example", Role.GUARDIAN, (), "g2", ward_ids=("s1",)),
    ]


def test_a_set_of_1_2_has_its_roles_apart() -> None:
    """The primary role counts, and the name that somebody goes by."""
    found = read(
        USERS_12
        + "u1,,,true,ada.8b,,Augusta,King,,,,,,,,,,,Ada,,Lovelace,o1,\nu2,,,true,,,Bob,B,,,b@x.example,,,,,,,,,,,o1,\n",
        ROLES
        + "r1,,,u1,secondary,teacher,,,o1,\nr2,,,u1,primary,student,,,o1,\nr3,tobedeleted,,u2,primary,teacher,,,o1,\n",
    )

    assert [(one.name, one.login, one.role) for one in found[:1]] == [("Ada Lovelace", "ada.8b", Role.STUDENT)]
    assert found[1].problem == "There is no role."


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (user("", "Ada", "student"), "sourcedId"),
        (user("s1", "Ada", "pirate"), "role “pirate”"),
        (user("s1", "Ada", "student", email="nowhere"), "no e-mail address"),
        (user("s1", "Ada", "student", status="tobedeleted"), "has left"),
        (user("s1", "Ada", "student", enabled="false"), "has left"),
        (user("s1", "=Ada", "student"), ""),
        (user("s1", "Ada", "student", email="", login="a b"), ""),
    ],
)
def test_what_is_wrong_with_a_user_is_said(row: str, problem: str) -> None:
    """A user who cannot be taken says why; a user name that is none is left out."""
    [entry] = read(USERS_11 + row)

    assert problem in entry.problem
    assert bool(entry.problem) is bool(problem)


def test_of_several_schools_ours_is_taken() -> None:
    """A district's files give the people of the school with our name, whatever its capitals."""
    orgs = ORGS + "o1,,,THE SCHOOL,school,,d\no2,,,Another,school,,d\nd,,,District,district,,\n"
    users = (
        USERS_11
        + user("s1", "Ada", "student")
        + user("s2", "Bob", "student", orgs="o2")
        + user("s3", "Cy", "student", orgs="")
    )

    assert [entry.name for entry in read(orgs, users)] == ["Ada Example", "Cy Example"]
    with pytest.raises(Invalid, match="2 schools"):
        read(orgs, users, school="A third one")


def test_enrollments_alone_say_where_people_belong() -> None:
    """Without users, a row names somebody by number alone."""
    found = read(
        ENROLLMENTS + "e1,,,c1,o1,s1,student,,,\ne2,,,,o1,s2,student,,,\n", CLASSES + "c1,,,Maths 8,,,M8,,,o1,,,,\n"
    )

    assert found == [Entry(2, role=None, external_id="s1", classes=(ClassName("Maths 8", "c1"),))]


def test_a_set_without_people_is_refused() -> None:
    """Classes alone bring nobody."""
    with pytest.raises(Invalid, match=r"users\.csv"):
        read(CLASSES + "c1,,,Maths 8,,,M8,,,o1,,,,\n")
