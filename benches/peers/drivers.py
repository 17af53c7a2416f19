"""Calls one of the peers written in Python for a folder of articles, as its own documentation says.

    drivers.py PEER FOLDER     prints a digest, and on standard error `took CPU WALL`: the seconds from reading to the digest,
                               without what Python needed to start and to import the peer
"""

import re
import sys
import time
from pathlib import Path

WORDS = 100
SENTENCES = 5

# Peers that want sentences get them by this rule.
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z“\"])")
WORD = re.compile(r"[^\W\d_]+")


def sentences_of(text):
    paragraphs = re.split(r"\n\s*\n", text)
    sentences = (" ".join(part.split()) for paragraph in paragraphs for part in SENTENCE_END.split(paragraph))
    return [sentence for sentence in sentences if sentence]


def summa():
    import scipy.sparse.linalg  # noqa: F401  (summa imports it when it ranks)
    from summa.summarizer import summarize

    return lambda texts: summarize("\n\n".join(texts), words=WORDS, language="english")


def gensim():
    from gensim.summarization import summarize

    return lambda texts: summarize("\n\n".join(texts), word_count=WORDS)


def lexrank():
    from lexrank import STOPWORDS, LexRank

    def digest(texts):
        documents = [sentences_of(text) for text in texts]
        ranker = LexRank(documents, stopwords=STOPWORDS["en"])
        sentences = [sentence for document in documents for sentence in document]
        return "\n".join(ranker.get_summary(sentences, summary_size=SENTENCES, threshold=0.1))

    return digest


def sumy(summarizer_of):
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.utils import get_stop_words

    class Tokenizer:
        """Its own one wants a model of NLTK that would have to be downloaded."""

        language = "english"

        def to_sentences(self, paragraph):
            return tuple(sentences_of(paragraph))

        def to_words(self, sentence):
            return tuple(WORD.findall(sentence))

    summarizer = summarizer_of()(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    def digest(texts):
        parser = PlaintextParser.from_string("\n\n".join(texts), Tokenizer())
        return "\n".join(str(sentence) for sentence in summarizer(parser.document, SENTENCES))

    return digest


def textrank_of_sumy():
    from sumy.summarizers.text_rank import TextRankSummarizer

    return TextRankSummarizer


def lexrank_of_sumy():
    import numpy  # noqa: F401  (sumy imports it when it ranks)
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return LexRankSummarizer


PEERS = {
    "summa": summa,
    "gensim": gensim,
    "lexrank": lexrank,
    "sumy-textrank": lambda: sumy(textrank_of_sumy),
    "sumy-lexrank": lambda: sumy(lexrank_of_sumy),
}


def main():
    peer, folder = sys.argv[1:]
    digest = PEERS[peer]()
    begun = time.process_time(), time.perf_counter()
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).iterdir())]
    chosen = digest(texts)
    ended = time.process_time(), time.perf_counter()
    print(chosen)
    print(f"took {ended[0] - begun[0]:.6f} {ended[1] - begun[1]:.6f}", file=sys.stderr)


if __name__ == "__main__":
    main()
