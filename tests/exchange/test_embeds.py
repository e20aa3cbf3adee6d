"""What a text announces and does not show."""

from articles.body import Heading, Paragraph, PhotoRef, Quote, TweetRef
from articles.exchange.embeds import addresses_of_posts, announced_in_vain

BEFORE, ANNOUNCES, AFTER = (
    Paragraph("It began at noon."),
    Paragraph("The port said on <em>Twitter</em>:"),
    Paragraph("No."),
)


def test_a_colon_with_no_embed_after_it_is_found():
    assert announced_in_vain([BEFORE, ANNOUNCES, AFTER]) == [2]
    assert announced_in_vain([Heading(2, "Noon"), ANNOUNCES]) == [1]
    assert announced_in_vain([ANNOUNCES, Heading(2, "What was said"), AFTER]) == [1]
    assert announced_in_vain([]) == []


def test_whatever_was_announced_is_no_loss():
    for answer in (TweetRef(1), PhotoRef(1), Quote(("No.",)), Paragraph("“We are open,” it said."), Paragraph("• One")):
        assert announced_in_vain([ANNOUNCES, answer, AFTER]) == []


def test_a_colon_inside_a_quotation_counts():
    assert announced_in_vain([Paragraph("The port said “see here:”"), AFTER]) == [1]


def test_the_bare_address_of_a_post_is_pointed_out():
    address = Paragraph("https://twitter.com/PortMarsaZahr/status/605408499907813384")
    assert addresses_of_posts([BEFORE, address]) == [2]
    assert announced_in_vain([ANNOUNCES, address]) == []
