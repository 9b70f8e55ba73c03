#pragma once

#include "attest/model/transformer.hpp"

// All constructions, one function each, without names and sources: catalogue.cpp adds those.

namespace attest::model::constructions {

// one_layer.cpp
Transformer first();
Transformer last();
Transformer all_ones();
Transformer contains_1();
Transformer anbn();

// local.cpp: a forbidden or wanted factor
Transformer contains_11();
Transformer zeros_then_ones();
Transformer alternating_01();
Transformer alternating_10();
Transformer no_000();
Transformer two_blocks();

// mirror.cpp
Transformer palindrome();

// dyck.cpp
Transformer dyck(int kinds, int depth);

// parity_tree.cpp
Transformer parity_tree(int layers, int heads);
Transformer parity_tree_shuffled(int layers, int heads);

// induction.cpp
Transformer previous_token();
Transformer induction_head();

// refutable.cpp
Transformer majority_attempt();

// chiang_cholak.cpp, chiang_cholak_norm.cpp
Transformer chiang_cholak_parity();
Transformer chiang_cholak_parity_big(int big);
Transformer chiang_cholak_parity_hard();
Transformer chiang_cholak_parity_norm();
Transformer chiang_cholak_first();
Transformer chiang_cholak_first_big(int big);
Transformer chiang_cholak_first_log();
Transformer chiang_cholak_first_norm();

// uniform_parity.cpp, head_parity.cpp
Transformer uniform_parity_3(Mask mask);
Transformer uniform_parity_2();
Transformer head_parity(int heads);

// bounded.cpp
Transformer uniform_majority();
Transformer random_bounded(int layers, int heads, int width, int seed);

// average.cpp
Transformer average_majority();
Transformer average_dyck_1();
Transformer average_parity();

}  // namespace attest::model::constructions
