"""What Moodle calls the columns of its grading worksheet, in the languages of its users, and how they say no.

Moodle looks for a column by its title in the reader's language; a title has changed now and then, so some have several.
"""

from collections.abc import Mapping
from types import MappingProxyType

TITLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "identifier": frozenset(
            {"Identifier", "标识符", "识别码", "ID", "Identifiant", "Identificador", "Identificatie", "Identificativo",
             "Número de identificação", "identyfikator", "Identyfikator"}
        ),
        "name": frozenset(
            {"Full name", "User full name", "全名", "用户全名", "Vollständiger Name", "Nom complet",
             "Nom complet de l’utilisateur", "Nombre completo", "Nombre completo del usuario", "Volledige naam",
             "Volledige naam van de gebruiker", "フルネーム", "ユーザフルネーム", "Nome completo", "Nome",
             "Nome completo dell'utente", "Nome completo do utilizador", "Pełna nazwa"}
        ),
        "email": frozenset(
            {"Email address", "电子邮件地址", "Email地址", "E-Mail-Adresse", "Adresse de courriel",
             "Dirección de correo", "E-mailadres", "メールアドレス", "Endereço de email",
             "Endereço de e-mail", "E-mail", "Indirizzo email"}
        ),
        "login": frozenset(
            {"Username", "用户名", "Anmeldename", "Nom d’utilisateur", "Nom d'utilisateur", "Nombre de usuario",
             "Gebruikersnaam", "ユーザ名", "Identificação de usuário", "Nome de utilizador", "Nazwa użytkownika"}
        ),
        "sis": frozenset(
            {"ID number", "学号", "ID-Nummer", "Numéro d’identification", "Numéro d'identification", "Número de ID",
             "Nummer (ID)", "IDナンバ", "IDナンバー", "Número de identificação (ID)", "Código de identificação",
             "Codice identificativo", "Numer Indeksu"}
        ),
        "grade": frozenset(
            {"Grade", "成绩", "Bewertung", "Note", "Calificación", "Cijfer", "評点", "Nota", "Avaliação", "Valutazione",
             "Ocena"}
        ),
        "maximum": frozenset(
            {"Maximum grade", "Maximum Grade", "最高分", "最高成绩", "Bestwertung", "Note maximale",
             "Calificación máxima", "Maximaal cijfer", "最大評点", "Nota máxima", "Nota Máxima",
             "Valutazione massima", "Maksymalna ocena"}
        ),
        "scale": frozenset({"Scale", "量表", "Skala", "Barème", "Escala", "Schaal", "評価尺度", "Scala"}),
        "changeable": frozenset(
            {"Grade can be changed", "允许更改成绩", "Bewertung kann geändert werden", "La note peut être modifiée",
             "La calificación puede ser cambiada", "La calificación puede cambiarse", "Het cijfer kan gewijzigd worden",
             "評点変更可", "Nota pode ser alterada", "A nota pode ser alterada.", "La valutazione può essere cambiata",
             "Ocena może być zmieniona"}
        ),
        "modified": frozenset(
            {"Last modified (grade)", "上次修改（评分）", "最后修改（教师）", "Zuletzt geändert (Bewertung)",
             "Dernière modification (note)", "Última modificación (calificación)", "Laatst gewijzigd (beoordeling)",
             "最終更新日時 (評定)", "Última modificação (nota)", "Última atualização (avaliação)",
             "Ultima modifica (valutazione)", "Ostatnia aktualizacja (ocena)"}
        ),
        "feedback": frozenset(
            {"Feedback comments", "反馈意见", "评语反馈", "Feedback als Kommentar", "Feedback par commentaires",
             "Comentarios de retroalimentación", "Feedback tekstvak", "Feedback", "フィードバックコメント",
             "Comentários de feedback", "Commenti", "Komentarz zwrotny"}
        ),
    }
)  # fmt: skip
# Without these three Moodle takes nothing of a sheet.
NEEDED = ("identifier", "grade", "modified")
NO = frozenset({"no", "否", "nein", "non", "nee", "não", "nie", "いいえ"})
