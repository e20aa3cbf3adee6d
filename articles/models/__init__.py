from articles.edge.purge import Purge
from articles.models.address import Address
from articles.models.article import Article, ArticleChanged
from articles.models.author import Author, Byline
from articles.models.column import Column
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionByline, EditionPhoto, EditionTag, EditionTweet
from articles.models.errand import Errand
from articles.models.front import Front, Slot
from articles.models.index import IndexCard
from articles.models.manuscript import Manuscript
from articles.models.placement import PhotoPlacement, TweetPlacement
from articles.models.proof import Proof
from articles.models.recovery import Presence, Recovery
from articles.models.tag import ArticleTag, Tag
from articles.models.withdrawal import Withdrawal

__all__ = [
    "Address",
    "Article",
    "ArticleChanged",
    "ArticleTag",
    "Author",
    "Byline",
    "Column",
    "Correction",
    "Edition",
    "EditionByline",
    "EditionPhoto",
    "EditionTag",
    "EditionTweet",
    "Errand",
    "Front",
    "IndexCard",
    "Manuscript",
    "PhotoPlacement",
    "Presence",
    "Proof",
    "Purge",
    "Recovery",
    "Slot",
    "Tag",
    "TweetPlacement",
    "Withdrawal",
]
