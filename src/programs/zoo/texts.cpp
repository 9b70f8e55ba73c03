#include "constructions.hpp"
#include "programs/brasp/program.hpp"

// Programs of Booleans, as text, and what their compiler makes of them.

namespace attest::programs::constructions {

namespace {

network::Transformer from_brasp(const char* text) { return brasp::compile(brasp::parse(text, "zoo")); }

}  // namespace

// All a before all b: nowhere an a whose neighbour before is a b.
network::Transformer brasp_a_star_b_star() {
    return from_brasp(R"---(
alphabet a b
a = symbol a
b = symbol b
after_b = rightmost(true, b@j)
back = a & after_b
been_back = rightmost(back@j, true)
sorted = !back & !been_back
)---");
}

// An a that has an a before it, here or somewhere.
network::Transformer brasp_two_a() {
    return from_brasp(R"---(
alphabet a b
a = symbol a
seen = rightmost(a@j, true)
second = a & seen
seen_second = rightmost(second@j, true)
two = second | seen_second
)---");
}

network::Transformer brasp_contains_abc() {
    return from_brasp(R"---(
alphabet a b c
a = symbol a
b = symbol b
c = symbol c
after_a = rightmost(true, a@j)
ab = b & after_a
after_ab = rightmost(true, ab@j)
abc = c & after_ab
seen = rightmost(abc@j, true)
found = abc | seen
)---");
}

// The last symbol is there twice.
network::Transformer brasp_repeat_final() {
    return from_brasp(R"---(
alphabet a b
a = symbol a
b = symbol b
again = rightmost(a@i & a@j | b@i & b@j, true)
)---");
}

// Brackets a … b, two deep. Between two equal neighbours the word goes up and down between two levels: after an aa between 1
// and 2, after a bb, and at first, between 0 and 1.
network::Transformer brasp_dyck_1_depth_2() {
    return from_brasp(R"---(
alphabet a b
open = symbol a
close = symbol b
after_open = rightmost(true, open@j)
after_close = rightmost(true, close@j)
up = open & after_open
down = close & after_close
high = rightmost(up@j | down@j, up@j)
wrong = up & high | down & !high | close & !after_open & !after_close
been_wrong = rightmost(wrong@j, true)
balanced = close & (down | !high) & !wrong & !been_wrong
)---");
}

}  // namespace attest::programs::constructions
