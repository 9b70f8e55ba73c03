#pragma once

#include "attest/network/transformer.hpp"

// All constructions, one function each, without names and sources: catalogue.cpp adds those.

namespace attest::programs::constructions {

// one_layer.cpp
network::Transformer first();
network::Transformer last();
network::Transformer all_ones();
network::Transformer contains_1();
network::Transformer anbn();

// local.cpp: a forbidden or wanted factor
network::Transformer contains_11();
network::Transformer zeros_then_ones();
network::Transformer alternating_01();
network::Transformer alternating_10();
network::Transformer no_000();
network::Transformer two_blocks();

// mirror.cpp
network::Transformer palindrome();

// dyck.cpp
network::Transformer dyck(int kinds, int depth);

// parity_tree.cpp
network::Transformer parity_tree(int layers, int heads);
network::Transformer parity_tree_shuffled(int layers, int heads);

// induction.cpp
network::Transformer previous_token();
network::Transformer induction_head();

// refutable.cpp
network::Transformer majority_attempt();

// chiang_cholak.cpp, chiang_cholak_norm.cpp
network::Transformer chiang_cholak_parity();
network::Transformer chiang_cholak_parity_big(int big);
network::Transformer chiang_cholak_parity_hard();
network::Transformer chiang_cholak_parity_norm();
network::Transformer chiang_cholak_first();
network::Transformer chiang_cholak_first_big(int big);
network::Transformer chiang_cholak_first_log();
network::Transformer chiang_cholak_first_norm();

// uniform_parity.cpp, head_parity.cpp
network::Transformer uniform_parity_3(network::Mask mask);
network::Transformer uniform_parity_2();
network::Transformer head_parity(int heads);

// bounded.cpp
network::Transformer uniform_majority();
network::Transformer random_bounded(int layers, int heads, int width, int seed);

// average.cpp
network::Transformer average_majority();
network::Transformer average_dyck_1();
network::Transformer average_parity();

// alta.cpp
network::Transformer alta_parity(int longest);

// tracr.cpp
network::Transformer tracr_parity(int longest);
network::Transformer tracr_three_fifths();

// texts.cpp
network::Transformer brasp_a_star_b_star();
network::Transformer brasp_contains_abc();
network::Transformer brasp_dyck_1_depth_2();
network::Transformer brasp_repeat_final();
network::Transformer brasp_two_a();

// cookbook.cpp
network::Transformer distance_lookup_previous();
network::Transformer hash_lookup_parity();
network::Transformer quadratic_lookup_parity();

}  // namespace attest::programs::constructions
