(* The hard-attention encoder-decoder of Perez, Barcelo and Marinkovic simulates every Turing machine, for ever.
   The network is given by its equations over the reals; every attention is hardmax (the mean over all maximisers)
   with score -|<q,k>|, every non-linearity is ReLU.  The tape is infinite in both directions. *)
Require Import Reals ZArith List Lra Lia Psatz ClassicalDescription Bool.
Import ListNotations.
Local Open Scope R_scope.

Definition relu (x : R) : R := Rmax x 0.
Definition ind (P : Prop) (d : {P} + {~ P}) : R := if d then 1 else 0.
Arguments ind {P} d.

Fixpoint sum {A} (l : list A) (f : A -> R) : R := match l with [] => 0 | x :: t => f x + sum t f end.

Definition maximal (idx : list nat) (score : nat -> R) (j : nat) : Prop := forall k, In k idx -> score k <= score j.
Definition winners (idx : list nat) (score : nat -> R) : list nat :=
  filter (fun j => if excluded_middle_informative (maximal idx score j) then true else false) idx.
Definition hardmax (idx : list nat) (score val : nat -> R) : R :=
  sum (winners idx score) val / INR (length (winners idx score)).

Section Machine.

Variables (St Sym : Type).
Variable Stdec : forall a b : St, {a = b} + {a <> b}.
Variable Symdec : forall a b : Sym, {a = b} + {a <> b}.
Variable Sts : list St.   Hypothesis Sts_all : forall q, In q Sts.  Hypothesis Sts_nd : NoDup Sts.
Variable Syms : list Sym. Hypothesis Syms_all : forall b, In b Syms. Hypothesis Syms_nd : NoDup Syms.
Variable blank : Sym.
Variables qinit qread : St.
Variable delta : St -> Sym -> St * Sym * Z.
Definition nxt q s := fst (fst (delta q s)).
Definition wrt q s := snd (fst (delta q s)).
Definition mov q s := snd (delta q s).
Hypothesis moves : forall q s, mov q s = 1%Z \/ mov q s = (-1)%Z.

(* the input word inp 1 ... inp n; the last symbol may be the blank, so that the empty word can be one blank *)
Variable n : nat.  Hypothesis n_pos : (1 <= n)%nat.
Variable inp : nat -> Sym.
Hypothesis inp_nb : forall i, (1 <= i < n)%nat -> inp i <> blank.
(* normal form: first read the input to its end *)
Hypothesis H_init : delta qinit blank = (qread, blank, 1%Z).
Hypothesis H_read : forall s, s <> blank -> delta qread s = (qread, s, 1%Z).

(* ---------- the machine ---------- *)
Record conf := Conf { st : St; tape : Z -> Sym; hd : Z }.
Definition tape0 (x : Z) : Sym := if Z_le_dec 1 x then if Z_le_dec x (Z.of_nat n) then inp (Z.to_nat x) else blank else blank.
Definition step (c : conf) : conf :=
  let s := tape c (hd c) in
  Conf (nxt (st c) s) (fun x => if Z.eq_dec x (hd c) then wrt (st c) s else tape c x) (hd c + mov (st c) s).
Fixpoint run (r : nat) : conf := match r with O => Conf qinit tape0 0 | S k => step (run k) end.
Definition q_ r := st (run r).
Definition c_ r := hd (run r).
Definition s_ r := tape (run r) (c_ r).
Definition v_ r := wrt (q_ r) (s_ r).
Definition m_ r := mov (q_ r) (s_ r).

(* ---------- the network ---------- *)
Record yvec := Y { yq : St -> R; ys : Sym -> R; ym : R }.

(* encoder attention: key (i,-1), query (1,r+1); values one-hot symbol and i *)
Definition lookup (r : nat) (val : nat -> R) : R :=
  hardmax (seq 1 n) (fun i => - Rabs (1 * INR i + INR (r + 1) * -1)) val.
Definition alpha r b := lookup r (fun i => ind (Symdec (inp i) b)).
Definition beta r := lookup r (fun i => INR i).

(* decoder layer 1: feed-forward over pairs (state, symbol) *)
Definition pair (y : yvec) q s := relu (yq y q + ys y s - 1).
Definition tot (y : yvec) (f : St -> Sym -> R) : R := sum Sts (fun q => sum Syms (fun s => f q s * pair y q s)).
Definition zq y q' := tot y (fun q s => ind (Stdec (nxt q s) q')).
Definition zv y b := tot y (fun q s => ind (Symdec (wrt q s) b)).
Definition zm y := tot y (fun q s => IZR (mov q s)).
Definition zp (y : yvec) := relu (ym y) - relu (- ym y).

Section Layers.
Variable y : nat -> yvec.
(* decoder layer 2: uniform attention (queries and keys 0) *)
Definition avg r := hardmax (seq 0 (r + 1)) (fun _ => - Rabs 0) (fun j => zm (y j)).
Definition avp r := hardmax (seq 0 (r + 1)) (fun _ => - Rabs 0) (fun j => zp (y j)).
(* decoder layer 3: the last visit *)
Definition e_ (r : nat) := / INR (r + 1).
Definition score r j := - Rabs (avg r * e_ j + e_ r * - avp j + (/ 3 * (e_ r * e_ r)) * (e_ j * e_ j)).
Definition vell r b := hardmax (seq 0 (r + 1)) (score r) (fun j => zv (y j) b).
Definition ell r := hardmax (seq 0 (r + 1)) (score r) (fun j => INR (j + 1) - 1).
(* output map *)
Definition A1 r := relu (INR (r + 1) - beta r).
Definition A2 r := relu (INR (r + 1) - beta r - 1).
Definition B1 r := relu (INR (r + 1) - 1 - ell r).
Definition B2 r := relu (INR (r + 1) - 1 - ell r - 1).
Definition outs r b :=
  relu (alpha r b - A1 r + A2 r) + ind (Symdec blank b) * relu (- B1 r + B2 r + A1 r - A2 r)
  + relu (vell r b + B1 r - B2 r + A1 r - A2 r - 2).
End Layers.

Definition network (y : nat -> yvec) : Prop :=
  (forall q, yq (y O) q = ind (Stdec qinit q)) /\ (forall b, ys (y O) b = ind (Symdec blank b)) /\ ym (y O) = 0 /\
  forall r, (forall q, yq (y (S r)) q = zq (y r) q) /\ (forall b, ys (y (S r)) b = outs y r b) /\ ym (y (S r)) = zm (y r).

(* ================= sums and hardmax ================= *)
Lemma sum_ext : forall A (l : list A) f g, (forall x, In x l -> f x = g x) -> sum l f = sum l g.
Proof. induction l; simpl; intros; auto. rewrite (H a), (IHl f g); auto. Qed.
Lemma sum_0 : forall A (l : list A) f, (forall x, In x l -> f x = 0) -> sum l f = 0.
Proof. induction l; simpl; intros; auto. rewrite (H a), IHl; auto; lra. Qed.
Lemma sum_one : forall A (l : list A) f a, NoDup l -> In a l -> (forall x, In x l -> x <> a -> f x = 0) -> sum l f = f a.
Proof.
  induction l; simpl; intros; [easy|]. inversion H; subst. destruct H0 as [->|].
  - rewrite sum_0; [lra|]. intros. apply H1; auto. intros ->; auto.
  - rewrite (H1 a); auto; [|intros ->; auto]. rewrite (IHl f a0); auto; lra.
Qed.
Lemma sum_app : forall A (l k : list A) f, sum (l ++ k) f = sum l f + sum k f.
Proof. induction l; simpl; intros; [lra|]. rewrite IHl; lra. Qed.

Lemma filter_one : forall (l : list nat) p a, NoDup l -> In a l -> p a = true -> (forall x, In x l -> x <> a -> p x = false) -> filter p l = [a].
Proof.
  induction l; simpl; intros; [easy|]. inversion H; subst. destruct H0 as [->|].
  - rewrite H1. f_equal. assert (forall k, (forall x, In x k -> p x = false) -> filter p k = []).
    { induction k; simpl; intros; auto. rewrite H0; auto. } apply H0. intros. apply H2; auto. intros ->; auto.
  - rewrite (H2 a); auto. intros ->; auto.
Qed.
Lemma filter_all : forall (l : list nat) p, (forall x, In x l -> p x = true) -> filter p l = l.
Proof. induction l; simpl; intros; auto. rewrite H; auto. f_equal; auto. Qed.

Lemma hardmax_one : forall idx score0 val a, NoDup idx -> In a idx -> (forall k, In k idx -> k <> a -> score0 k < score0 a) ->
  hardmax idx score0 val = val a.
Proof.
  intros. unfold hardmax, winners. rewrite (filter_one idx _ a); auto.
  - simpl. field.
  - destruct excluded_middle_informative; auto. exfalso. apply n0. intros k Hk. destruct (Nat.eq_dec k a) as [->|]; [lra|].
    apply Rlt_le; auto.
  - intros x Hx Hn. destruct excluded_middle_informative; auto. exfalso. specialize (m a H0). specialize (H1 x Hx Hn). lra.
Qed.
Lemma hardmax_flat : forall idx v val, hardmax idx (fun _ => v) val = sum idx val / INR (length idx).
Proof.
  intros. unfold hardmax, winners. rewrite filter_all; auto. intros. destruct excluded_middle_informative; auto.
  exfalso. apply n0. intros k Hk. lra.
Qed.

Lemma relu_pos : forall x, 0 <= x -> relu x = x. Proof. intros. unfold relu. apply Rmax_left; lra. Qed.
Lemma relu_neg : forall x, x <= 0 -> relu x = 0. Proof. intros. unfold relu. apply Rmax_right; lra. Qed.

(* ================= the three facts about the last-visit score ================= *)
Definition chi (D e f : R) := Rabs (D * (e * f) + e * e * (f * f) / 3).
Lemma chi_split : forall D e f, 0 < e -> 0 < f -> chi D e f = e * f * Rabs (D + e * f / 3).
Proof.
  intros. unfold chi. replace (D * (e * f) + e * e * (f * f) / 3) with (e * f * (D + e * f / 3)) by field.
  rewrite Rabs_mult. f_equal. apply Rabs_right. nra.
Qed.
Lemma chi_low : forall D e f, 0 < e <= 1 -> 0 < f <= 1 -> 1 <= Rabs D -> e * f * (1 - e * f / 3) <= chi D e f.
Proof.
  intros. rewrite chi_split; try lra. assert (0 < e * f <= 1) by nra.
  apply Rmult_le_compat_l; [lra|]. revert H1. unfold Rabs. destruct (Rcase_abs D), (Rcase_abs (D + e * f / 3)); intros; lra.
Qed.
Lemma chi_up : forall D e f, 0 < e <= 1 -> 0 < f <= 1 -> Rabs D <= 1 -> chi D e f <= e * f * (1 + e * f / 3).
Proof.
  intros. rewrite chi_split; try lra. assert (0 < e * f <= 1) by nra.
  apply Rmult_le_compat_l; [lra|]. revert H1. unfold Rabs. destruct (Rcase_abs D), (Rcase_abs (D + e * f / 3)); intros; lra.
Qed.
Lemma chi_0 : forall e f, 0 < e -> 0 < f -> chi 0 e f = e * f * (e * f / 3).
Proof. intros. rewrite chi_split; auto. f_equal. rewrite Rabs_right; nra. Qed.
(* a: of two visits to the cell the later is nearer *)
Lemma fact_a : forall e f g, 0 < e -> 0 < g < f -> chi 0 e g < chi 0 e f.
Proof. intros. rewrite !chi_0; try lra. assert (0 < e * g < e * f) by (split; nra). nra. Qed.
(* b: a visit to the cell is nearer than any other cell *)
Lemma fact_b : forall D e f g, 0 < e <= f -> f <= 1 -> 0 < g <= 1 -> 1 <= Rabs D -> chi 0 e g < chi D e f.
Proof.
  intros. apply Rlt_le_trans with (e * f * (1 - e * f / 3)); [|apply chi_low; lra]. rewrite chi_0; try lra.
  assert (e * g <= e) by nra. assert (0 < e * g) by nra. assert (e * g * (e * g / 3) <= e * e / 3) by nra.
  assert (e * e <= e * f) by nra. assert (0 < e * f <= 1) by nra. nra.
Qed.
(* c: in a cell that was never visited the last step is nearest *)
Lemma fact_c : forall D E e f, 0 < e <= 1 -> 0 < f <= 1 -> e + e * f <= f -> Rabs E <= 1 -> 1 <= Rabs D -> chi E e e < chi D e f.
Proof.
  intros. assert (e < f) by nra.
  apply Rle_lt_trans with (e * e * (1 + e * e / 3)); [apply chi_up; lra|].
  apply Rlt_le_trans with (e * f * (1 - e * f / 3)); [|apply chi_low; lra].
  assert (e * e < f) by nra. assert (f * f <= f) by nra.
  assert (0 < f - f * f / 3 - e * e / 3) by lra.
  assert (0 < e * (f - f * f / 3 - e * e / 3)) by (apply Rmult_lt_0_compat; lra).
  assert (0 < f - e - e * (f * f) / 3 - e * e * e / 3) by lra.
  assert (0 < e * (f - e - e * (f * f) / 3 - e * e * e / 3)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(* ================= the machine: head and tape ================= *)
Lemma c_S : forall r, c_ (S r) = (c_ r + m_ r)%Z. Proof. reflexivity. Qed.
Lemma q_S : forall r, q_ (S r) = nxt (q_ r) (s_ r). Proof. reflexivity. Qed.
Lemma m_1 : forall r, m_ r = 1%Z \/ m_ r = (-1)%Z. Proof. intros. apply moves. Qed.
Lemma tape_S : forall r x, tape (run (S r)) x = if Z.eq_dec x (c_ r) then v_ r else tape (run r) x. Proof. reflexivity. Qed.
Lemma tape_new : forall r x, (forall j, (j < r)%nat -> c_ j <> x) -> tape (run r) x = tape0 x.
Proof. induction r; intros; auto. rewrite tape_S. destruct Z.eq_dec; [|apply IHr; intros; apply H; lia]. exfalso. apply (H r); auto. Qed.
Lemma tape_last : forall r x l, (l < r)%nat -> c_ l = x -> (forall j, (l < j < r)%nat -> c_ j <> x) -> tape (run r) x = v_ l.
Proof.
  induction r; intros; [lia|]. rewrite tape_S. destruct Z.eq_dec.
  - destruct (Nat.eq_dec l r) as [->|]; auto. exfalso. apply (H1 r); auto. lia.
  - apply IHr; auto. destruct (Nat.eq_dec l r) as [->|]; [congruence|lia]. intros. apply H1. lia.
Qed.
(* until the end of the input the head just walks *)
Lemma walk : forall r, (r <= n)%nat -> c_ r = Z.of_nat r /\ (forall x, tape (run r) x = tape0 x) /\ (q_ r = if Nat.eq_dec r 0 then qinit else qread).
Proof.
  induction r; intros; [repeat split; auto|]. destruct IHr as (C & T & K); [lia|].
  assert (Hs : s_ r = tape0 (Z.of_nat r)) by (unfold s_; rewrite C, T; auto).
  assert (Hd : delta (q_ r) (s_ r) = (qread, s_ r, 1%Z)).
  { rewrite K, Hs. destruct Nat.eq_dec.
    - subst r. unfold tape0 at 1 2. simpl. apply H_init.
    - unfold tape0. destruct Z_le_dec; [|lia]. destruct Z_le_dec; [|lia]. rewrite Nat2Z.id. apply H_read. apply inp_nb. lia. }
  repeat split.
  - rewrite c_S. unfold m_, mov. rewrite Hd. simpl. rewrite C. lia.
  - intros x. rewrite tape_S. destruct Z.eq_dec; auto. unfold v_, wrt. rewrite Hd. simpl. subst x. unfold s_. apply T.
  - rewrite q_S. unfold nxt. rewrite Hd. reflexivity.
Qed.
(* what is read at time r+1 *)
Lemma read_input : forall r, (S r <= n)%nat -> s_ (S r) = inp (S r).
Proof.
  intros. destruct (walk (S r)) as (C & T & _); auto. unfold s_. rewrite C, T. unfold tape0.
  destruct Z_le_dec; [|lia]. destruct Z_le_dec; [|lia]. rewrite Nat2Z.id; auto.
Qed.
Lemma read_last : forall r l, (l <= r)%nat -> c_ l = c_ (S r) -> (forall j, (l < j <= r)%nat -> c_ j <> c_ (S r)) -> s_ (S r) = v_ l.
Proof. intros. unfold s_. apply tape_last; auto; [lia|]. intros. apply H1. lia. Qed.
Lemma read_new : forall r, (n < S r)%nat -> (forall j, (j <= r)%nat -> c_ j <> c_ (S r)) -> s_ (S r) = blank.
Proof.
  intros. unfold s_. rewrite tape_new; [|intros; apply H0; lia]. unfold tape0.
  destruct Z_le_dec; auto. destruct Z_le_dec; auto. exfalso. apply (H0 (Z.to_nat (c_ (S r)))); [lia|].
  destruct (walk (Z.to_nat (c_ (S r)))) as (C & _); [lia|]. rewrite C. lia.
Qed.
Lemma new_far : forall r j, (forall k, (k <= r)%nat -> c_ k <> c_ (S r)) -> (j <= r)%nat -> 1 <= Rabs (IZR (c_ (S r)) - IZR (c_ j)).
Proof.
  intros. rewrite <- minus_IZR, <- abs_IZR. apply IZR_le. specialize (H j H0). lia.
Qed.
Lemma last_or_never : forall r x, (exists l, (l <= r)%nat /\ c_ l = x /\ forall j, (l < j <= r)%nat -> c_ j <> x) \/ (forall j, (j <= r)%nat -> c_ j <> x).
Proof.
  induction r; intros.
  - destruct (Z.eq_dec (c_ 0) x); [left; exists 0%nat; repeat split; auto; intros; lia|]. right. intros. replace j with 0%nat by lia. auto.
  - destruct (Z.eq_dec (c_ (S r)) x); [left; exists (S r); repeat split; auto; intros; lia|].
    destruct (IHr x) as [(l & H1 & H2 & H3)|H].
    + left. exists l. repeat split; auto. intros. destruct (Nat.eq_dec j (S r)) as [->|]; auto. apply H3; lia.
    + right. intros. destruct (Nat.eq_dec j (S r)) as [->|]; auto. apply H; lia.
Qed.

(* ================= the network follows ================= *)
Definition good (v : yvec) q s m := (forall p, yq v p = ind (Stdec q p)) /\ (forall b, ys v b = ind (Symdec s b)) /\ ym v = m.
Lemma ind_yes : forall P (d : {P} + {~ P}), P -> ind d = 1. Proof. intros. unfold ind. destruct d; tauto. Qed.
Lemma ind_no : forall P (d : {P} + {~ P}), ~ P -> ind d = 0. Proof. intros. unfold ind. destruct d; tauto. Qed.
Lemma pair_good : forall v q s m p b, good v q s m -> pair v p b = ind (Stdec q p) * ind (Symdec s b).
Proof.
  intros. destruct H as (H1 & H2 & _). unfold pair. rewrite H1, H2. unfold ind. destruct Stdec, Symdec.
  - rewrite relu_pos; lra. - rewrite relu_neg; lra. - rewrite relu_neg; lra. - rewrite relu_neg; lra.
Qed.
Lemma tot_good : forall v q s m f, good v q s m -> tot v f = f q s.
Proof.
  intros. unfold tot. rewrite (sum_one _ _ _ q); auto.
  - rewrite (sum_one _ _ _ s); auto.
    + rewrite (pair_good _ _ _ _ _ _ H), !ind_yes; auto; lra.
    + intros. rewrite (pair_good _ _ _ _ _ _ H), (ind_no _ (Symdec s x)); auto; lra.
  - intros. apply sum_0. intros. rewrite (pair_good _ _ _ _ _ _ H), (ind_no _ (Stdec q x)); auto; lra.
Qed.

Definition mp r : R := match r with O => 0 | S k => IZR (m_ k) end.
Lemma zp_id : forall v, zp v = ym v.
Proof. intros. unfold zp. destruct (Rle_dec 0 (ym v)). rewrite relu_pos, relu_neg; lra. rewrite relu_neg, relu_pos; lra. Qed.

Section Follow.
Variable y : nat -> yvec.
Variable r : nat.
Hypothesis IH : forall j, (j <= r)%nat -> good (y j) (q_ j) (s_ j) (mp j).

Lemma sum_m : forall k, (k <= r)%nat -> sum (seq 0 (k + 1)) (fun j => zm (y j)) = IZR (c_ (S k)).
Proof.
  induction k; intros.
  - cbn [Nat.add seq sum]. unfold zm. rewrite (tot_good _ _ _ _ _ (IH 0 H)), c_S, plus_IZR. change (mov (q_ 0) (s_ 0)) with (m_ 0). change (c_ 0) with 0%Z. lra.
  - replace (S k + 1)%nat with ((k + 1) + 1)%nat by lia. rewrite seq_app, sum_app, IHk; [|lia]. cbn [seq sum]. rewrite Nat.add_0_l.
    replace (k + 1)%nat with (S k) by lia. unfold zm. rewrite (tot_good _ _ _ _ _ (IH (S k) H)).
    rewrite (c_S (S k)), plus_IZR. change (mov (q_ (S k)) (s_ (S k))) with (m_ (S k)). lra.
Qed.
Lemma sum_p : forall k, (k <= r)%nat -> sum (seq 0 (k + 1)) (fun j => zp (y j)) = IZR (c_ k).
Proof.
  induction k; intros.
  - cbn [Nat.add seq sum]. rewrite zp_id. destruct (IH 0 H) as (_ & _ & ->). change (c_ 0) with 0%Z. unfold mp. lra.
  - replace (S k + 1)%nat with ((k + 1) + 1)%nat by lia. rewrite seq_app, sum_app, IHk; [|lia]. cbn [seq sum]. rewrite Nat.add_0_l.
    replace (k + 1)%nat with (S k) by lia. rewrite zp_id. destruct (IH (S k) H) as (_ & _ & ->). rewrite c_S, plus_IZR. unfold mp. lra.
Qed.
Lemma avg_ok : forall k, (k <= r)%nat -> avg y k = IZR (c_ (S k)) * e_ k.
Proof. intros. unfold avg. rewrite hardmax_flat, sum_m, seq_length; auto. Qed.
Lemma avp_ok : forall k, (k <= r)%nat -> avp y k = IZR (c_ k) * e_ k.
Proof. intros. unfold avp. rewrite hardmax_flat, sum_p, seq_length; auto. Qed.

Lemma e_pos : forall k, 0 < e_ k <= 1.
Proof.
  intros. unfold e_. assert (1 <= INR (k + 1)) by (rewrite plus_INR; simpl; pose proof (pos_INR k); lra).
  split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.
Lemma e_anti : forall j k, (j <= k)%nat -> e_ k <= e_ j.
Proof. intros. unfold e_. apply Rinv_le_contravar; [apply lt_0_INR; lia|apply le_INR; lia]. Qed.
Lemma e_lt : forall j k, (j < k)%nat -> e_ k < e_ j.
Proof. intros. unfold e_. apply Rinv_lt_contravar; [|apply lt_INR; lia]. apply Rmult_lt_0_compat; apply lt_0_INR; lia. Qed.
Lemma e_gap : forall j k, (j < k)%nat -> e_ k + e_ k * e_ j <= e_ j.
Proof.
  intros. unfold e_. assert (0 < INR (j + 1)) by (apply lt_0_INR; lia). assert (INR (j + 1) + 1 <= INR (k + 1)) by (rewrite <- S_INR; apply le_INR; lia).
  set (v := INR (j + 1)) in *. set (u := INR (k + 1)) in *. assert (0 < u) by lra.
  replace (/ u + / u * / v) with ((v + 1) * (/ u * / v)) by (field; lra). replace (/ v) with (u * (/ u * / v)) at 2 by (field; lra).
  apply Rmult_le_compat_r; [|lra]. apply Rlt_le, Rmult_lt_0_compat; apply Rinv_0_lt_compat; lra.
Qed.

Lemma score_ok : forall j, (j <= r)%nat -> score y r j = - chi (IZR (c_ (S r)) - IZR (c_ j)) (e_ r) (e_ j).
Proof. intros. unfold score, chi. rewrite avg_ok, avp_ok; auto. f_equal. f_equal. field. Qed.

Definition best l := forall j, (j <= r)%nat -> j <> l -> chi (IZR (c_ (S r)) - IZR (c_ l)) (e_ r) (e_ l) < chi (IZR (c_ (S r)) - IZR (c_ j)) (e_ r) (e_ j).
Lemma winner_of : forall l, (l <= r)%nat -> best l -> winners (seq 0 (r + 1)) (score y r) = [l].
Proof.
  intros. apply filter_one; [apply seq_NoDup|apply in_seq; lia| |]; intros.
  - destruct excluded_middle_informative; auto. exfalso. apply n0. intros k Hk. apply in_seq in Hk. rewrite !score_ok; try lia.
    apply Ropp_le_contravar. destruct (Nat.eq_dec k l) as [->|]; [lra|]. apply Rlt_le, H0; auto; lia.
  - destruct excluded_middle_informative; auto. exfalso. apply in_seq in H1. specialize (m l). rewrite in_seq, !score_ok in m; try lia.
    assert (H3 : (0 <= l < 0 + (r + 1))%nat) by lia. specialize (m H3). specialize (H0 x). assert (H4 : (x <= r)%nat) by lia. specialize (H0 H4 H2). lra.
Qed.
Lemma attend : forall l, (l <= r)%nat -> best l -> forall val, hardmax (seq 0 (r + 1)) (score y r) val = val l.
Proof. intros. unfold hardmax. rewrite (winner_of l); auto. simpl. field. Qed.
Lemma last_best : forall l, (l <= r)%nat -> c_ l = c_ (S r) -> (forall j, (l < j <= r)%nat -> c_ j <> c_ (S r)) -> best l.
Proof.
  intros l H H0 H1 j H2 H3. rewrite H0. replace (IZR (c_ (S r)) - IZR (c_ (S r))) with 0 by lra.
  destruct (Z.eq_dec (c_ j) (c_ (S r))).
  - rewrite e. replace (IZR (c_ (S r)) - IZR (c_ (S r))) with 0 by lra. apply fact_a; [apply e_pos|]. split; [apply e_pos|]. apply e_lt.
    destruct (le_lt_dec j l); [lia|]. exfalso. apply (H1 j); auto.
  - apply fact_b; try apply e_pos. split; [apply e_pos|apply e_anti; auto]. rewrite <- minus_IZR, <- abs_IZR. apply IZR_le. lia.
Qed.
Lemma new_best : (forall j, (j <= r)%nat -> c_ j <> c_ (S r)) -> best r.
Proof.
  intros H j H0 H1. apply fact_c; try apply e_pos. apply e_gap; lia.
  - rewrite c_S, plus_IZR. destruct (m_1 r) as [-> | ->].
    + replace (IZR (c_ r) + 1 - IZR (c_ r)) with 1 by lra. rewrite Rabs_R1. lra.
    + replace (IZR (c_ r) + -1 - IZR (c_ r)) with (-1) by lra. unfold Rabs. destruct Rcase_abs; lra.
  - apply new_far; auto.
Qed.
Lemma attend_last : forall l, (l <= r)%nat -> c_ l = c_ (S r) -> (forall j, (l < j <= r)%nat -> c_ j <> c_ (S r)) ->
  forall val, hardmax (seq 0 (r + 1)) (score y r) val = val l.
Proof. intros. apply attend; auto. apply last_best; auto. Qed.
Lemma attend_new : (forall j, (j <= r)%nat -> c_ j <> c_ (S r)) -> forall val, hardmax (seq 0 (r + 1)) (score y r) val = val r.
Proof. intros. apply attend; auto. apply new_best; auto. Qed.

Lemma lookup_ok : forall val, lookup r val = val (Nat.min (r + 1) n).
Proof.
  intros. unfold lookup. apply hardmax_one; [apply seq_NoDup|apply in_seq; lia|]. intros. apply in_seq in H.
  apply Ropp_lt_contravar. rewrite !INR_IZR_INZ.
  replace (1 * IZR (Z.of_nat (Nat.min (r + 1) n)) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat (Nat.min (r + 1) n) - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
  replace (1 * IZR (Z.of_nat k) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat k - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
  rewrite <- !abs_IZR. apply IZR_lt. lia.
Qed.

(* flags *)
Lemma in_yes : (r + 1 <= n)%nat -> A1 r = 0 /\ A2 r = 0.
Proof. intros. unfold A1, A2, beta. rewrite lookup_ok. replace (Nat.min (r + 1) n) with (r + 1)%nat by lia. split; apply relu_neg; lra. Qed.
Lemma in_no : (n < r + 1)%nat -> A1 r - A2 r = 1.
Proof.
  intros. unfold A1, A2, beta. rewrite lookup_ok. replace (Nat.min (r + 1) n) with n by lia.
  assert (INR n + 1 <= INR (r + 1)) by (rewrite <- S_INR; apply le_INR; lia). rewrite !relu_pos; lra.
Qed.
Lemma outs_ok : forall b, outs y r b = ind (Symdec (s_ (S r)) b).
Proof.
  intros. assert (Hin : forall j, INR (j + 1) - 1 = INR j) by (intros; rewrite plus_INR; simpl; lra).
  assert (Zv : forall j, (j <= r)%nat -> zv (y j) b = ind (Symdec (v_ j) b)) by (intros; unfold zv; rewrite (tot_good _ _ _ _ _ (IH j H)); auto).
  assert (Ir : INR (r + 1) - 1 = INR r) by apply Hin.
  assert (Ib : forall s, ind (Symdec s b) = 0 \/ ind (Symdec s b) = 1) by (intros; unfold ind; destruct Symdec; auto).
  assert (FB : forall l, (l <= r)%nat -> (forall val, hardmax (seq 0 (r + 1)) (score y r) val = val l) ->
     vell y r b = ind (Symdec (v_ l) b) /\ (l = r -> B1 y r = 0 /\ B2 y r = 0) /\ ((l < r)%nat -> B1 y r - B2 y r = 1) ).
  { intros l Hl At. unfold vell, B1, B2, ell. rewrite !At, Zv, !Hin; auto. repeat split; try (apply relu_neg; subst; lra).
    intros. assert (INR l + 1 <= INR r) by (rewrite <- S_INR; apply le_INR; lia). rewrite !relu_pos; lra. }
  assert (HA : alpha r b = ind (Symdec (inp (Nat.min (r + 1) n)) b)) by (unfold alpha; rewrite lookup_ok; auto).
  assert (B01 : 0 <= B1 y r - B2 y r <= 1).
  { unfold B1, B2. set (x := INR (r + 1) - 1 - ell y r). destruct (Rle_dec x 0); [rewrite !relu_neg; lra|]. destruct (Rle_dec x 1). rewrite relu_pos, relu_neg; lra. rewrite !relu_pos; lra. }
  destruct (le_lt_dec (r + 1) n).
  - (* the input *)
    destruct (in_yes l) as [HA1 HA2]. rewrite read_input; [|lia]. unfold outs. rewrite HA, HA1, HA2. replace (Nat.min (r + 1) n) with (S r) by lia.
    assert (V : vell y r b <= 1).
    { destruct (last_or_never r (c_ (S r))) as [(l0 & L1 & L2 & L3)|N].
      - destruct (FB l0 L1 (attend_last l0 L1 L2 L3)) as [-> _]. destruct (Ib (v_ l0)) as [-> | ->]; lra.
      - destruct (FB r (le_n r) (attend_new N)) as [-> _]. destruct (Ib (v_ r)) as [-> | ->]; lra. }
    rewrite (relu_neg (- B1 y r + B2 y r + 0 - 0)); [|lra]. rewrite (relu_neg (vell y r b + B1 y r - B2 y r + 0 - 0 - 2)); [|lra].
    destruct (Ib (inp (S r))) as [-> | ->]; rewrite relu_pos; lra.
  - (* later *)
    pose proof (in_no l) as HA12. unfold outs. rewrite (relu_neg (alpha r b - A1 r + A2 r)); [|rewrite HA; destruct (Ib (inp (Nat.min (r + 1) n))) as [-> | ->]; lra].
    destruct (last_or_never r (c_ (S r))) as [(l0 & L1 & L2 & L3)|N].
    + rewrite (read_last r l0); auto. destruct (FB l0 L1 (attend_last l0 L1 L2 L3)) as (-> & _ & Hlt).
      assert (l0 < r)%nat. { destruct (Nat.eq_dec l0 r) as [->|]; [|lia]. exfalso. rewrite c_S in L2. destruct (m_1 r); lia. }
      specialize (Hlt H). rewrite (relu_neg (- B1 y r + B2 y r + A1 r - A2 r)); [|lra].
      replace (ind (Symdec (v_ l0) b) + B1 y r - B2 y r + A1 r - A2 r - 2) with (ind (Symdec (v_ l0) b)) by lra.
      destruct (Ib (v_ l0)) as [-> | ->]; rewrite relu_pos; lra.
    + rewrite read_new; auto; [|lia]. destruct (FB r (le_n r) (attend_new N)) as (-> & Heq & _). destruct (Heq eq_refl) as [-> ->].
      rewrite (relu_pos (- 0 + 0 + A1 r - A2 r)); [|lra]. rewrite (relu_neg (ind (Symdec (v_ r) b) + 0 - 0 + A1 r - A2 r - 2)); [|destruct (Ib (v_ r)) as [-> | ->]; lra].
      replace (- 0 + 0 + A1 r - A2 r) with 1 by lra. lra.
Qed.
End Follow.

Theorem simulation : forall y, network y -> forall r, good (y r) (q_ r) (s_ r) (mp r).
Proof.
  intros y (N1 & N2 & N3 & N4) r. induction r as [r IH] using lt_wf_ind. destruct r.
  - repeat split; auto.
  - assert (I : forall j, (j <= r)%nat -> good (y j) (q_ j) (s_ j) (mp j)) by (intros; apply IH; lia). clear IH.
    destruct (N4 r) as (K1 & K2 & K3). repeat split; intros.
    + rewrite K1. unfold zq. rewrite (tot_good _ _ _ _ _ (I r (le_n r))). reflexivity.
    + rewrite K2. apply outs_ok; auto.
    + rewrite K3. unfold zm. rewrite (tot_good _ _ _ _ _ (I r (le_n r))). reflexivity.
Qed.

(* ================= there is such a run ================= *)
Lemma hardmax_ext : forall idx s1 s2 v1 v2, (forall j, In j idx -> s1 j = s2 j) -> (forall j, In j idx -> v1 j = v2 j) -> hardmax idx s1 v1 = hardmax idx s2 v2.
Proof.
  intros. assert (W : winners idx s1 = winners idx s2).
  { unfold winners. apply filter_ext_in. intros a Ha. assert (maximal idx s1 a <-> maximal idx s2 a).
    { unfold maximal. split; intros M k Hk; specialize (M k Hk); rewrite (H a Ha), (H k Hk) in *; auto. }
    destruct (excluded_middle_informative (maximal idx s1 a)), (excluded_middle_informative (maximal idx s2 a)); tauto. }
  unfold hardmax. rewrite W. f_equal. apply sum_ext. intros x Hx. apply H0. unfold winners in Hx. apply filter_In in Hx. tauto.
Qed.
Lemma avg_ext : forall y z r, (forall j, (j <= r)%nat -> y j = z j) -> avg y r = avg z r /\ avp y r = avp z r.
Proof. intros. unfold avg, avp. split; apply hardmax_ext; auto; intros j Hj; apply in_seq in Hj; rewrite H; auto; lia. Qed.
Lemma score_ext : forall y z r j, (j <= r)%nat -> (forall j, (j <= r)%nat -> y j = z j) -> score y r j = score z r j.
Proof.
  intros. unfold score. destruct (avg_ext y z r) as [-> _]; auto. destruct (avg_ext y z j) as [_ ->]; auto. intros. apply H0. lia.
Qed.
Lemma outs_ext : forall y z r b, (forall j, (j <= r)%nat -> y j = z j) -> outs y r b = outs z r b.
Proof.
  intros. assert (E : ell y r = ell z r). { apply hardmax_ext; auto. intros j Hj; apply in_seq in Hj. apply score_ext; auto. lia. }
  assert (V : vell y r b = vell z r b). { apply hardmax_ext; intros j Hj; apply in_seq in Hj. apply score_ext; auto; lia. rewrite H; auto; lia. }
  unfold outs, B1, B2. rewrite E, V. reflexivity.
Qed.
Definition y_first := Y (fun q => ind (Stdec qinit q)) (fun b => ind (Symdec blank b)) 0.
Definition y_next (y : nat -> yvec) r := Y (zq (y r)) (outs y r) (zm (y r)).
Fixpoint hist (r : nat) : nat -> yvec := match r with O => fun _ => y_first | S k => fun j => if le_dec j k then hist k j else y_next (hist k) k end.
Lemma hist_diag : forall k j, (j <= k)%nat -> hist k j = hist j j.
Proof. induction k; intros; [replace j with 0%nat by lia; auto|]. destruct (Nat.eq_dec j (S k)) as [->|]; auto. simpl. destruct le_dec; [|lia]. apply IHk; auto. Qed.
Theorem network_exists : network (fun r => hist r r).
Proof.
  assert (N : forall r, hist (S r) (S r) = y_next (hist r) r) by (intros; simpl; destruct le_dec; [lia|reflexivity]).
  split; [reflexivity|]. split; [reflexivity|]. split; [reflexivity|]. intros r. rewrite N. unfold y_next; simpl.
  split; [reflexivity|]. split; [|reflexivity]. intros. apply outs_ext. intros. apply hist_diag; auto.
Qed.

(* every attention but the uniform one has exactly one maximiser, at every time *)
Theorem one_winner : forall y, network y -> forall r,
  (exists j, winners (seq 1 n) (fun i => - Rabs (1 * INR i + INR (r + 1) * -1)) = [j]) /\ (exists j, winners (seq 0 (r + 1)) (score y r) = [j]).
Proof.
  intros y N r. assert (I : forall j, (j <= r)%nat -> good (y j) (q_ j) (s_ j) (mp j)) by (intros; apply simulation; auto).
  split.
  - exists (Nat.min (r + 1) n). apply filter_one; [apply seq_NoDup|apply in_seq; lia| |]; intros.
    + destruct excluded_middle_informative; auto. exfalso. apply n0. intros k Hk. apply in_seq in Hk. apply Ropp_le_contravar.
      rewrite !INR_IZR_INZ.
      replace (1 * IZR (Z.of_nat (Nat.min (r + 1) n)) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat (Nat.min (r + 1) n) - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
      replace (1 * IZR (Z.of_nat k) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat k - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
      rewrite <- !abs_IZR. apply IZR_le. lia.
    + destruct excluded_middle_informative; auto. exfalso. apply in_seq in H. specialize (m (Nat.min (r + 1) n)). rewrite in_seq in m.
      assert (H1 : (1 <= Nat.min (r + 1) n < 1 + n)%nat) by lia. specialize (m H1). apply Ropp_le_cancel in m. revert m. rewrite !INR_IZR_INZ.
      replace (1 * IZR (Z.of_nat (Nat.min (r + 1) n)) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat (Nat.min (r + 1) n) - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
      replace (1 * IZR (Z.of_nat x) + IZR (Z.of_nat (r + 1)) * -1) with (IZR (Z.of_nat x - Z.of_nat (r + 1))) by (rewrite minus_IZR; lra).
      rewrite <- !abs_IZR. intros m. apply le_IZR in m. lia.
  - destruct (last_or_never r (c_ (S r))) as [(l & L1 & L2 & L3)|Nv].
    + exists l. apply winner_of; auto. apply last_best; auto.
    + exists r. apply winner_of; auto. apply new_best; auto.
Qed.

(* acceptance: some output lies in the set of vectors whose state block is one of F *)
Theorem acceptance : forall (F : St -> Prop) y, network y ->
  ((exists r, F (st (run r))) <-> (exists r q, F q /\ yq (y r) q = 1)).
Proof.
  intros. split.
  - intros (r & Hr). exists r, (q_ r). split; auto. destruct (simulation y H r) as (-> & _). apply ind_yes; auto.
  - intros (r & q & Hq & H1). exists r. destruct (simulation y H r) as (K & _). rewrite K in H1. unfold ind in H1. destruct Stdec; [subst; auto|lra].
Qed.

End Machine.

Print Assumptions simulation.
Print Assumptions network_exists.
Print Assumptions one_winner.
