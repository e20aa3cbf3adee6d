from media.models.credit import Agency, Credit, CreditAgency
from media.models.photo import Photo
from media.models.tweet import Tweet

__all__ = ["Agency", "Credit", "CreditAgency", "Photo", "Tweet"]
