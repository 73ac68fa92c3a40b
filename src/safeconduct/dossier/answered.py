"""Recorded answers in words. An answer closes nothing: what it settles, people decide."""

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.findings import Told
from safeconduct.dossier.lettering import isolated
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import parameter


def answer_words(answer: Answer, language: Language) -> str:
    """When a question was put and what was answered, in the words in which it was."""
    date = parameter(Told(answer.on.edtf), language)
    if answer.refused:
        return language.text("answer-refused").format(date=date, question=answer.question)
    text = language.quoted(isolated(answer.text or ""))
    return language.text("answer-given").format(date=date, question=answer.question, text=text)
