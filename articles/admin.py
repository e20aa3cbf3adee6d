"""Opens the desk: importing the room registers its screens."""

from articles.desk import accounts_admin, article_admin, editions_admin, front_admin, others_admin, pictures_admin

__all__ = ["accounts_admin", "article_admin", "editions_admin", "front_admin", "others_admin", "pictures_admin"]
