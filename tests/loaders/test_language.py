"""What is not English is refused with a code of its own; headlines, capitals and lists of names are not taken for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.language import english, english_share
from entente_loaders.text import read

FOREIGN = {
    "German": (
        "Die Marinen Russlands und Chinas haben am Donnerstag im Japanischen Meer ein gemeinsames Manöver "
        "begonnen. Wie das Verteidigungsministerium in Moskau mitteilte, nehmen daran zehn Kriegsschiffe und "
        "mehrere Flugzeuge teil. Das Manöver soll vier Tage dauern und richtet sich nach Angaben des Ministeriums "
        "gegen kein anderes Land."
    ),
    "French": (
        "Les marines russe et chinoise ont commencé jeudi des manœuvres communes en mer du Japon. Selon le "
        "ministère de la Défense à Moscou, dix navires de guerre et plusieurs avions y participent. Les exercices "
        "doivent durer quatre jours et ne visent aucun autre pays, a précisé le ministère."
    ),
    "Spanish": (
        "Las marinas de Rusia y China comenzaron el jueves unas maniobras conjuntas en el mar de Japón. Según el "
        "Ministerio de Defensa en Moscú, participan diez buques de guerra y varios aviones. Los ejercicios durarán"
        " cuatro días y no van dirigidos contra ningún otro país, precisó el ministerio."
    ),
    "Portuguese": (
        "As marinhas da Rússia e da China iniciaram na quinta-feira manobras conjuntas no mar do Japão. Segundo o "
        "Ministério da Defesa em Moscou, participam dez navios de guerra e vários aviões. Os exercícios devem "
        "durar quatro dias e não se dirigem contra nenhum outro país."
    ),
    "Italian": (
        "Le marine di Russia e Cina hanno iniziato giovedì manovre congiunte nel Mar del Giappone. Secondo il "
        "ministero della Difesa di Mosca vi partecipano dieci navi da guerra e diversi aerei. Le esercitazioni "
        "dureranno quattro giorni e non sono dirette contro alcun altro paese."
    ),
    "Dutch": (
        "De marines van Rusland en China zijn donderdag in de Japanse Zee begonnen met een gezamenlijke oefening. "
        "Volgens het ministerie van Defensie in Moskou doen er tien oorlogsschepen en verscheidene vliegtuigen aan"
        " mee. De oefening duurt vier dagen en is tegen geen enkel ander land gericht."
    ),
    "Swedish": (
        "Rysslands och Kinas flottor inledde på torsdagen en gemensam övning i Japanska havet. Enligt "
        "försvarsdepartementet i Moskva deltar tio krigsfartyg och flera flygplan. Övningen ska pågå i fyra dagar "
        "och riktar sig inte mot något annat land."
    ),
    "Polish": (
        "Marynarki wojenne Rosji i Chin rozpoczęły w czwartek wspólne manewry na Morzu Japońskim. Według "
        "ministerstwa obrony w Moskwie bierze w nich udział dziesięć okrętów i kilka samolotów. Ćwiczenia potrwają"
        " cztery dni i nie są wymierzone przeciwko żadnemu innemu państwu."
    ),
    "Turkish": (
        "Rusya ve Çin donanmaları perşembe günü Japon Denizi'nde ortak bir tatbikata başladı. Moskova'daki Savunma"
        " Bakanlığı'na göre tatbikata on savaş gemisi ve birkaç uçak katılıyor. Tatbikat dört gün sürecek ve başka"
        " hiçbir ülkeyi hedef almıyor."
    ),
    "Indonesian": (
        "Angkatan laut Rusia dan Tiongkok pada hari Kamis memulai latihan bersama di Laut Jepang. Menurut "
        "kementerian pertahanan di Moskow, sepuluh kapal perang dan beberapa pesawat ikut serta. Latihan itu akan "
        "berlangsung empat hari dan tidak ditujukan kepada negara lain mana pun."
    ),
    "Danish": (
        "Ruslands og Kinas flåder indledte torsdag en fælles øvelse i Det Japanske Hav. Ifølge forsvarsministeriet"
        " i Moskva deltager ti krigsskibe og flere fly. Øvelsen skal vare fire dage og er ikke rettet mod noget "
        "andet land, oplyste ministeriet."
    ),
    "Romanian": (
        "Marinele Rusiei și Chinei au început joi un exercițiu comun în Marea Japoniei. Potrivit Ministerului "
        "Apărării de la Moscova, participă zece nave de război și mai multe avioane. Exercițiul va dura patru zile"
        " și nu este îndreptat împotriva niciunei alte țări."
    ),
    "Russian": (
        "Военно-морские силы России и Китая начали в четверг совместные учения в Японском море. По данным "
        "министерства обороны в Москве, в них участвуют десять боевых кораблей и несколько самолётов. Учения "
        "продлятся четыре дня и не направлены против какой-либо другой страны."
    ),
    "Ukrainian": (
        "Військово-морські сили Росії та Китаю розпочали в четвер спільні навчання в Японському морі. За даними "
        "міністерства оборони, у них беруть участь десять бойових кораблів і кілька літаків. Навчання триватимуть "
        "чотири дні."
    ),
    "Greek": (
        "Τα ναυτικά της Ρωσίας και της Κίνας ξεκίνησαν την Πέμπτη κοινά γυμνάσια στη Θάλασσα της Ιαπωνίας. Σύμφωνα"
        " με το υπουργείο Άμυνας στη Μόσχα συμμετέχουν δέκα πολεμικά πλοία και αρκετά αεροσκάφη."
    ),
    "Arabic": (
        "بدأت القوات البحرية الروسية والصينية يوم الخميس مناورات مشتركة في بحر اليابان. وقالت وزارة الدفاع في "
        "موسكو إن عشر سفن حربية وعدة طائرات تشارك فيها. وتستمر المناورات أربعة أيام وليست موجهة ضد أي دولة أخرى."
    ),
    "Hebrew": (
        "חילות הים של רוסיה וסין החלו ביום חמישי בתרגיל משותף בים יפן. לדברי משרד ההגנה במוסקבה משתתפות בו עשר "
        "ספינות מלחמה וכמה מטוסים. התרגיל יימשך ארבעה ימים ואינו מכוון נגד מדינה אחרת."
    ),
    "Chinese": (
        "俄罗斯和中国海军星期四在日本海开始举行联合演习。莫斯科国防部说，有十艘军舰和数架飞机参加。演习将"
        "持续四天，不针对任何其他国家。两国海军将演练反潜、防空和保护海上航线等科目。"
    ),
    "Japanese": (
        "ロシアと中国の海軍は木曜日、日本海で共同演習を始めた。モスクワの国防省によると、軍艦十隻と航空機"
        "数機が参加している。演習は四日間続き、他のいかなる国にも向けられたものではないという。"
    ),
    "Korean": (
        "러시아와 중국 해군이 목요일 동해에서 연합 훈련을 시작했다. 모스크바 국방부에 따르면 "
        "군함 열 척과 항공기 여러 대가 참가한다. 훈련은 나흘 동안 이어지며 다른 어떤 나라도"
        " 겨냥하지 않는다고 밝혔다."
    ),
    "Hindi": (
        "रूस और चीन की नौसेनाओं ने गुरुवार को जापान सागर में संयुक्त अभ्यास शुरू किया। मॉस्को में रक्षा मंत्रालय "
        "के अनुसार इसमें दस युद्धपोत और कई विमान भाग ले रहे हैं। अभ्यास चार दिन चलेगा।"
    ),
    "Vietnamese": (
        "Hải quân Nga và Trung Quốc hôm thứ Năm bắt đầu cuộc tập trận chung ở Biển Nhật Bản. Theo Bộ Quốc phòng "
        "tại Moskva, mười tàu chiến và một số máy bay tham gia. Cuộc tập trận kéo dài bốn ngày và không nhằm vào "
        "nước nào khác."
    ),
}
ENGLISH = {
    "headline": "Russia, China wrap up joint naval drills in Sea of Japan",
    "headline in title case": "Foreign Ministers Of Twelve Arab States Meet In Cairo To Discuss The Maritime Border Dispute",
    "headline in capitals": "FOREIGN MINISTERS OF TWELVE ARAB STATES MEET IN CAIRO TO DISCUSS THE MARITIME BORDER DISPUTE",
    "names": "Aftab Ahmad Khan Sherpao met Recep Tayyip Erdogan, Ursula von der Leyen, Emmanuel Macron, Mohammed bin Salman "
    "and Nguyen Xuan Phuc in Ouagadougou, while Volodymyr Zelenskyy and Mateusz Morawiecki stayed in Rzeszow.",
    "ships": "Qiqihar, Guiyang, Zaozhuang, Rizhao, Taihu, Admiral Panteleyev, Admiral Tributs, Gremyashchiy",
    "too short": "Accord signé à Paris",
    "numbers": "12 34 56 78 90 12 34 56 78 90",
}


def _article(text: str) -> Article:
    return Article("test", text.encode(), "test.txt", published="2023-07-20")


def test_twenty_two_languages_are_tried() -> None:
    assert len(FOREIGN) == 22


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("change", [str, str.upper])
def test_another_language_is_refused(name: str, change: Callable[[str], str]) -> None:
    with pytest.raises(ArticleError, match="not in English") as caught:
        read(_article(change(FOREIGN[name])))
    assert caught.value.code == "ENTENTE-213"


@pytest.mark.parametrize("name", ENGLISH)
def test_english_is_read_however_it_is_written(name: str) -> None:
    assert read(_article(ENGLISH[name])).text == ENGLISH[name]


def test_the_samples_are_english_by_a_wide_margin(root: Path) -> None:
    shares = [english_share(path.read_text(encoding="utf-8")) for path in sorted((root / "samples").glob("*.txt"))]
    assert len(shares) >= 17
    assert all(share is not None and share > 0.85 for share in shares)


def test_a_few_foreign_words_in_an_english_text_do_no_harm() -> None:
    assert english(f"The minister spoke for an hour and thanked his hosts for their help: {FOREIGN['German'][:60]}")


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN_us"])
def test_a_text_declared_to_be_english_is_read(tag: str) -> None:
    assert read(replace(_article("Russia accused Japan."), lang=tag)).article.lang == tag


def test_a_text_declared_to_be_in_another_language_is_refused_by_its_tag() -> None:
    with pytest.raises(ArticleError, match="declared to be in 'de'") as caught:
        read(replace(_article("Russia accused Japan."), lang="de"))
    assert caught.value.code == "ENTENTE-213"
